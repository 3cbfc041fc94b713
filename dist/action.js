import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);
process.argv[2]==="cache-client"?await(await import("./chunks/action-cache-client-YRZJGPRZ.js")).serveCache():process.exitCode=await(await import("./chunks/action-run-7KXA633B.js")).runAction(process.env);
