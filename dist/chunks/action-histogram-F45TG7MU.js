import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{b as a,c as b,d as c,e as d,f as e}from"./action-chunk-ZREADGEG.js";import"./action-chunk-TVDFPMZX.js";import"./action-chunk-GMZ3FG2B.js";import"./action-chunk-VKJUUNJQ.js";export{e as decodeHistogram,d as encodeHistogram,b as isRecordable,c as quantised,a as scaleFor};
