import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
function n(e,r){return`${e}/${r}`}export{n as a};
