/**
 * Reads what `perf script -F comm,time,period,event,ip,sym,dso` prints, line by line, and keeps only the stacks:
 * https://man7.org/linux/man-pages/man1/perf-script.1.html
 *
 *     server 10613 11611.578889:    1001001 cpu-clock:
 *             7f3b16715e __strcmp_evex (/usr/lib/libc.so.6)      ← innermost
 *             55c9ce6d3a work (/srv/app)
 *
 * The period of `cpu-clock` is in nanoseconds.
 */
import type { Frame, StackNode, Stacks } from './stacks.ts'
import { pathOf, tidyName } from './stacks.ts'

const MOST_NODES = 500_000
const DEEPEST = 256

export interface PerfReader {
  line(text: string): void
  /** All that was read so far. */
  stacks(): Stacks
}

interface Branch {
  readonly parent: number
  readonly frame: Frame
  self: number
  readonly calls: Map<string, number>
}

/** Of a sample: anything, a period, the event, a colon. Frames are indented. */
const HEAD = /^\S.*\s(\d{1,16})\s+[\w:/.-]+:[\w:]*\s*$/
/** What it is in begins with `/` or `[`; symbols of C++ may hold brackets too. */
const FRAME = /^\s+[0-9a-f]+\s+(.*)\s+\(([/[].*)\)$/

export function perfReader(): PerfReader {
  const branches: Branch[] = []
  const outermost = new Map<string, number>()
  let period = 0
  let stack: Frame[] = []

  const keep = (): void => {
    let at = -1
    for (const frame of stack.reverse()) {
      const calls = at === -1 ? outermost : branches[at]!.calls
      const key = `${frame.name}\0${frame.file}`
      const known = calls.get(key)
      if (known === undefined && branches.length >= MOST_NODES) break
      const next = known ?? branches.push({ parent: at, frame, self: 0, calls: new Map() }) - 1
      calls.set(key, next)
      at = next
    }
    if (at !== -1) branches[at]!.self += period
    stack = []
    period = 0
  }
  return {
    line(text) {
      const frame = FRAME.exec(text)
      if (frame !== null) {
        const isKnown = frame[1] !== '[unknown]' || frame[2] !== '[unknown]'
        if (isKnown && stack.length < DEEPEST) stack.push(frameOf(frame[1]!, frame[2]!))
        return
      }
      keep()
      period = Number(HEAD.exec(text)?.[1] ?? 0)
    },
    stacks() {
      keep()
      return {
        nodes: branches.map(({ parent, frame, self }): StackNode => ({ parent, frame, self })),
        idle: 0,
      }
    },
  }
}

/** Code without a symbol is told by what it is in: its address is another one at head. */
function frameOf(symbol: string, object: string): Frame {
  const file = pathOf(object === '[unknown]' ? '' : object)
  const name = symbol === '[unknown]' ? '(unknown)' : tidyName(symbol)
  return { name, file, line: 0 }
}
