import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{b as a}from"./action-chunk-FCQRUC6I.js";import"./action-chunk-GMZ3FG2B.js";import"./action-chunk-VKJUUNJQ.js";export{a as uploadArtifact};
