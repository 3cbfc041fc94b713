import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
var t=/^(?:mean|max|min|value|p(?:\d{1,2}(?:\.\d{1,4})?|100))$/;function n(e){return t.test(e)}function i(e){return e.startsWith("p")?Number(e.slice(1))/100:void 0}function r(e){return`p${Number((e*100).toFixed(4))}`}export{n as a,i as b,r as c};
