/** A TCP proxy of our own before one port of a service, whose weather can be changed. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Weather } from '../../core/fault-plan.ts'
import { freePort, giveBack } from '../services/ports.ts'
import { lane } from './lane.ts'

export interface Relay {
  /** Of loopback, in the place of the service's own. */
  readonly port: number
  /** From now on, for connections that are open and those that come; `{}`: as if it were not there. */
  set(weather: Weather): void
  /** Comes when all its connections are closed. */
  close(): Promise<void>
}

export interface Behind {
  readonly port: number
  /** From 0 to below 1: draws jitter. */
  readonly random: () => number
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
  update(): void
}

export async function openRelay({ port: target, random }: Behind): Promise<Relay> {
  const pairs = new Set<Pair>()
  let weather: Weather = {}

  const join = (client: Socket): void => {
    if (weather.reset === true) {
      client.resetAndDestroy()
      return
    }
    const server = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    client.setNoDelay(true)
    const told = { weather: () => weather, random }
    const lanes = [lane({ from: client, to: server, ...told }), lane({ from: server, to: client, ...told })]
    const pair: Pair = {
      client,
      server,
      update: () => {
        for (const one of lanes) one.update()
      },
    }
    pairs.add(pair)
    const end = (): void => {
      if (!client.destroyed || !server.destroyed) return
      pairs.delete(pair)
    }
    // What one side did to its connection, the other finds done to its own.
    client.on('error', () => server.resetAndDestroy())
    server.on('error', () => client.resetAndDestroy())
    client.on('close', end)
    server.on('close', end)
  }

  const listener = createServer({ allowHalfOpen: true }, join)
  const port = await listen(listener)
  return {
    port,
    set: (now) => {
      weather = now
      for (const pair of pairs) {
        if (now.reset === true) {
          pair.client.resetAndDestroy()
          pair.server.resetAndDestroy()
        } else pair.update()
      }
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
      for (const { client, server } of pairs) {
        client.destroy()
        server.destroy()
      }
      await closed
      giveBack([port])
    },
  }
}

async function listen(server: Server): Promise<number> {
  const port = await freePort()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, resolve)
  })
  return port
}
