// A lock for each key: one holder, the others in the order in which they came. One that is not given back runs out.
import { randomUUID } from 'node:crypto'
import { Refused } from './store.mjs'

/** Milliseconds. */
const LEASE = 5000

export function openLocks() {
  const held = new Map()

  function grant(key) {
    const lock = held.get(key)
    clearTimeout(lock.timer)
    const next = lock.waiting.shift()
    if (next === undefined) {
      held.delete(key)
      return
    }
    lock.token = randomUUID()
    lock.timer = setTimeout(() => grant(key), LEASE).unref()
    next(lock.token)
  }

  return {
    /** Comes with a token when it is one's turn. */
    lock: (key) =>
      new Promise((granted) => {
        const lock = held.get(key)
        if (lock !== undefined) {
          lock.waiting.push(granted)
          return
        }
        held.set(key, { waiting: [granted] })
        grant(key)
      }),
    unlock: (key, token) => {
      if (held.get(key)?.token !== token) throw new Refused(409, `${key} is not locked by ${token}`)
      grant(key)
    },
  }
}
