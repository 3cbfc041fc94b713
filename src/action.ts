/** What GitHub starts. The same file serves the cache client, which needs a process of its own. */
if (process.argv[2] === 'cache-client') await (await import('./stores/cache-client.ts')).serveCache()
else process.exitCode = await (await import('./action/run.ts')).runAction(process.env)

export {}
