import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
function r(e){return"status"in e}function t(e){return`${e.benchmark}\0${e.metric}`}export{r as a,t as b};
