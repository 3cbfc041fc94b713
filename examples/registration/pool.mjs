// So many sessions and no more, each lent to one piece of work at a time; one that broke is replaced when it is needed.

/** `open`: comes with a session; `patience`: milliseconds that work may wait for a free one. */
export function openPool({ size, open, patience }) {
  const idle = []
  const queue = []
  let there = 0

  function take() {
    // What broke while nobody used it.
    for (let i = idle.length - 1; i >= 0; i--) if (idle[i].broken !== undefined) drop(idle.splice(i, 1)[0])
    if (idle.length > 0) return Promise.resolve(idle.pop())
    if (there < size) {
      there += 1
      return open().catch((error) => {
        drop()
        throw error
      })
    }
    return new Promise((resolve, reject) => {
      const one = { resolve, late: setTimeout(() => giveUp(one), patience), reject }
      queue.push(one)
    })
  }

  function giveUp(one) {
    queue.splice(queue.indexOf(one), 1)
    one.reject(new Error(`no free connection within ${patience} ms`))
  }

  function drop() {
    there -= 1
    const next = queue.shift()
    if (next === undefined) return
    clearTimeout(next.late)
    take().then(next.resolve, next.reject)
  }

  function giveBack(session) {
    if (session.broken !== undefined) return drop()
    const next = queue.shift()
    if (next === undefined) return idle.push(session)
    clearTimeout(next.late)
    next.resolve(session)
  }

  async function use(work) {
    const session = await take()
    try {
      return await work(session)
    } finally {
      giveBack(session)
    }
  }

  return {
    use,
    /** Opens all of them, so that the first to come does not wait for that. */
    fill: async () => {
      const sessions = await Promise.all(Array.from({ length: size }, take))
      for (const session of sessions) giveBack(session)
    },
  }
}
