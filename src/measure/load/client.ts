/** One of the clients of a load: one request at a time, to whichever place it goes. */
import { type Answer, type Connection, openConnection } from './connection.ts'
import type { Resolved } from './resolve.ts'

export interface LoadClient {
  readonly idle: boolean
  /** Sends a request of the plan. */
  send(request: number, done: (answer: Answer) => void): void
  expire(before: number, why: string): void
  close(): void
}

/** `freed` is called whenever it may send again. */
export function openClient({ targets, requests, where }: Resolved, freed: () => void): LoadClient {
  const connections: (Connection | undefined)[] = targets.map(() => undefined)
  return {
    get idle() {
      return connections.every((connection) => connection === undefined || connection.idle)
    },
    send: (request, done) => {
      const { target, index } = where[request]!
      const connection = connections[target] ?? openConnection(targets[target]!, requests[target]!, freed)
      connections[target] = connection
      connection.send(index, done)
    },
    expire: (before, why) => {
      for (const connection of connections) connection?.expire(before, why)
    },
    close: () => {
      for (const connection of connections) connection?.close()
    },
  }
}
