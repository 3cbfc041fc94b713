/** One direction of a proxied connection: what comes is let through when the weather lets it. */
import type { Socket } from 'node:net'
import type { Weather } from '../../core/fault-plan.ts'

export interface LaneJob {
  readonly from: Socket
  readonly to: Socket
  readonly weather: () => Weather
  readonly random: () => number
}

export interface Lane {
  /** The weather has changed. */
  update(): void
}

interface Piece {
  /** Undefined: the end of the stream. */
  readonly data: Buffer | undefined
  /** On the clock of `performance.now()`. */
  due: number
}

/** Bytes held back before the sender is asked to wait. */
const HELD = 1 << 20

export function lane({ from, to, weather, random }: LaneJob): Lane {
  const queue: Piece[] = []
  let held = 0
  /** When the line is free again, at a limited bandwidth. */
  let free = 0
  /** Nothing overtakes what was sent before it. */
  let last = 0
  let timer: NodeJS.Timeout | undefined

  const dueOf = (size: number, ending: boolean): number => {
    const { latency = 0, jitter = 0, bandwidth, slowClose = 0 } = weather()
    const now = performance.now()
    let due = now + latency / 2 + (jitter === 0 ? 0 : random() * jitter) + (ending ? slowClose : 0)
    if (bandwidth !== undefined) {
      free = Math.max(free, now) + (size / bandwidth) * 1000
      due = Math.max(due, free + latency / 2)
    }
    last = Math.max(last, due)
    return last
  }

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (weather().partition === true) return
    while (queue.length > 0) {
      const wait = queue[0]!.due - performance.now()
      if (wait > 0) {
        timer = setTimeout(flush, wait)
        return
      }
      const { data } = queue.shift()!
      if (to.destroyed) continue
      if (data === undefined) to.end()
      else {
        held -= data.length
        if (!to.write(data)) from.pause()
      }
    }
    if (held < HELD && !to.writableNeedDrain) from.resume()
  }

  const take = (data: Buffer | undefined): void => {
    const size = data?.length ?? 0
    held += size
    queue.push({ data, due: dueOf(size, data === undefined) })
    if (held >= HELD) from.pause()
    if (timer === undefined) flush()
  }
  from.on('data', take)
  from.on('end', () => take(undefined))
  from.on('close', () => {
    // Without an end: it was torn down, and so is the other side once what came before has arrived.
    if (!from.readableEnded && !to.destroyed) to.destroy()
  })
  to.on('drain', flush)
  to.on('close', () => {
    clearTimeout(timer)
    queue.length = 0
  })

  return {
    update: () => {
      // What was held back under the old weather goes now, in order.
      const now = performance.now()
      for (const piece of queue) piece.due = Math.min(piece.due, now)
      free = last = now
      flush()
    },
  }
}
