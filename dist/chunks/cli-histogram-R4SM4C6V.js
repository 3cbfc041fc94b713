import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{b as a,c as b,d as c,e as d,f as e}from"./cli-chunk-IPTS32A7.js";import"./cli-chunk-E2MH6HQF.js";import"./cli-chunk-2YJTK3BK.js";import"./cli-chunk-OG45NOFS.js";import"./cli-chunk-7SFKZC7T.js";export{e as decodeHistogram,d as encodeHistogram,b as isRecordable,c as quantised,a as scaleFor};
