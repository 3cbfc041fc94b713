import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a as n,b as s,c as a}from"./cli-chunk-2YJTK3BK.js";var r={avg:"mean",average:"mean",med:"p50",median:"p50"};function d(t){if(Object.hasOwn(r,t))return r[t];let e=t.replace(/^p\s*\(\s*([\d.]+)\s*\)$/,"p$1");if(!n(e))return;let i=s(e);return i===void 0?e:a(i)}export{d as a};
