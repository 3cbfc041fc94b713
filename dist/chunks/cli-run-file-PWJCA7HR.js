import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a,b}from"./cli-chunk-AENU4T4T.js";import"./cli-chunk-TIEE2MZY.js";import"./cli-chunk-IPTS32A7.js";import"./cli-chunk-7RK5JCX4.js";import"./cli-chunk-E2MH6HQF.js";import"./cli-chunk-2YJTK3BK.js";import"./cli-chunk-OG45NOFS.js";import"./cli-chunk-7SFKZC7T.js";export{b as loadRun,a as saveRun};
