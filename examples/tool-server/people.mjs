// Asks the database: all questions on one connection, each with a deadline. Late answers are not waited for: what was
// known before is told instead, and that it is old.
import { connect } from 'node:net'
import { createInterface } from 'node:readline'

export function openPeople(port) {
  const known = new Map()
  const waiting = new Map()
  let socket
  let id = 0

  function open() {
    socket = connect({ port, host: '127.0.0.1', noDelay: true })
    createInterface({ input: socket }).on('line', (line) => {
      const answer = JSON.parse(line)
      waiting.get(answer.id)?.(answer.person)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      socket = undefined
      for (const answered of waiting.values()) answered(undefined)
    })
  }

  /** Undefined: no answer in time. */
  const ask = (name, deadline) =>
    new Promise((resolve) => {
      const own = id++
      const answered = (person) => {
        clearTimeout(timer)
        waiting.delete(own)
        resolve(person)
      }
      const timer = setTimeout(answered, deadline)
      waiting.set(own, answered)
      if (socket === undefined) open()
      socket.write(`${JSON.stringify({ id: own, name })}\n`)
    })

  return async (name, deadline) => {
    const person = await ask(name, deadline)
    if (person === undefined) return known.has(name) ? { person: known.get(name), old: true } : undefined
    known.set(name, person)
    return { person }
  }
}
