import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
import{a,b,c,d,e,f,g,h}from"./action-chunk-FQJB2LS7.js";import"./action-chunk-XA7LW6BZ.js";import"./action-chunk-VKJUUNJQ.js";export{b as Headers,h as HttpClient,e as HttpClientError,f as HttpClientResponse,a as HttpCodes,c as MediaTypes,d as getProxyUrl,g as isHttps};
