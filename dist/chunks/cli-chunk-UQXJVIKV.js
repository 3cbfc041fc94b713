import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{createHash as t}from"node:crypto";function i(e){let r=e.replace(/[^A-Za-z0-9.]+/g,"-").replace(/^[-.]+|[-.]+$/g,"").slice(0,40);return`${r===""?"unnamed":r}-${n(e)}`}function n(e){return t("sha256").update(e).digest("hex").slice(0,10)}export{i as a,n as b};
