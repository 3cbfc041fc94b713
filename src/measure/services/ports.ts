/** Ports that are free on this machine. */
import { createServer } from 'node:net'

/** Given out by this process: never twice, as a service may take a moment until it listens. */
const given = new Set<number>()
const TRIES = 100

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < TRIES; i++) {
    const port = await new Promise<number>((resolve, reject) => {
      const server = createServer()
      server.once('error', reject)
      server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () => {
        const address = server.address()
        server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
      })
    })
    if (given.has(port)) continue
    given.add(port)
    return port
  }
  throw new Error('no free port was found')
}

/** They may be given again. */
export function giveBack(ports: Iterable<number>): void {
  for (const port of ports) given.delete(port)
}
