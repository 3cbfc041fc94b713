// Registrations and claims in the journal of journal.mjs: the same functions as in postgres-store.mjs.
import { connect as dial } from 'node:net'
import { createInterface } from 'node:readline'

const late = () => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })

/** `patience`: milliseconds until a question that is not answered breaks the connection. */
export function open({ port, patience = 1000 }) {
  return new Promise((resolve, reject) => {
    const socket = dial({ port, host: '127.0.0.1', noDelay: true })
    const waiting = new Map()
    let asked = 0
    let broken
    const end = (error) => {
      broken ??= error
      socket.destroy()
      for (const one of waiting.values()) one.reject(broken)
      waiting.clear()
    }
    const ask = (what, told, within = patience) => {
      if (broken !== undefined) return Promise.reject(broken)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(late()), within)
        const over = (settle) => (value) => {
          clearTimeout(timer)
          settle(value)
        }
        waiting.set(++asked, { resolve: over(resolve), reject: over(reject) })
        socket.write(`${JSON.stringify([asked, what, ...told])}\n`)
      })
    }
    createInterface({ input: socket })
      .on('line', (line) => {
        const [id, answer] = JSON.parse(line)
        waiting.get(id)?.resolve(answer ?? undefined)
        waiting.delete(id)
      })
      .on('error', () => {})
    const session = {
      get broken() {
        return broken
      },
      ask,
      close: () => socket.end(),
    }
    socket.setTimeout(patience, () => socket.connecting && end(late()))
    socket.on('connect', () => resolve(session))
    socket.on('error', end)
    socket.on('close', () => {
      end(Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' }))
      reject(broken)
    })
  })
}

const question =
  (what, within) =>
  (session, ...told) =>
    session.ask(what, told, within)
export const name = () => 'a journal on disk'
export const prepare = question('prepare')
export const register = question('register')
export const claim = question('claim')
export const report = question('report', 10_000)
export const maintain = question('maintain')
export const endMaintenance = question('endMaintenance')
export const waiting = question('waiting')
export const missing = question('missing')
export const registered = question('registered')
export const claimed = question('claimed')
