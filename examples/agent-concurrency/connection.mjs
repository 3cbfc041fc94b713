// One connection to the store: one question at a time, each with a limit to its patience.
import { connect } from 'node:net'
import { onLine } from './lines.mjs'

export function openConnection(port, patience) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let pending
  const settle = (outcome) => {
    const waiting = pending
    pending = undefined
    clearTimeout(waiting?.timer)
    if (outcome instanceof Error) waiting?.reject(outcome)
    else waiting?.resolve(outcome)
  }
  onLine(socket, (line) => {
    const { told, error } = JSON.parse(line)
    settle(error === undefined ? told : new Error(error))
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => settle(new Error('the connection to the store broke')))

  return {
    get usable() {
      return !socket.destroyed && pending === undefined
    },
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return void reject(new Error('the connection to the store broke'))
        const timer = setTimeout(() => {
          settle(new Error(`the store did not answer within ${patience} ms`))
          socket.destroy()
        }, patience)
        pending = { resolve, reject, timer }
        socket.write(`${JSON.stringify(message)}\n`)
      }),
    close: () => socket.destroy(),
  }
}
