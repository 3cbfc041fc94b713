// So many a minute for each client, counted back from now and not from the last full minute.

export function rateLimit({ most, window }) {
  const times = new Map()
  // Who has not come for a whole window is forgotten.
  setInterval(() => {
    for (const [client, all] of times) if (all.at(-1) <= Date.now() - window) times.delete(client)
  }, window).unref()

  /** 0 if it may go on, else milliseconds until it may try again. */
  return (client) => {
    const now = Date.now()
    const recent = (times.get(client) ?? []).filter((time) => time > now - window)
    times.set(client, recent)
    if (recent.length >= most) return recent[0] + window - now
    recent.push(now)
    return 0
  }
}
