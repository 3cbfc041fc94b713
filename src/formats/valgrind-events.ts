import type { Result } from '../core/result.ts'
import { figure } from './csv.ts'
import { FormatError } from './format.ts'
import { result } from './measured.ts'

/** The simulated events of a run as Valgrind sums them for people: reads and writes together. */
const SUMS: Readonly<Record<string, readonly string[]>> = {
  Ir: ['Ir'],
  'D refs': ['Dr', 'Dw'],
  'I1 misses': ['I1mr'],
  'D1 misses': ['D1mr', 'D1mw'],
  'LL misses': ['ILmr', 'DLmr', 'DLmw'],
  branches: ['Bc', 'Bi'],
  mispredicts: ['Bcm', 'Bim'],
}

/**
 * Results from the names of `events:` and the figures of the totals in that order; events that belong to no sum keep
 * their own name. Counts are exact, so one run is enough.
 */
export function countsOf(command: string, events: string, totals: string, line: number): Result[] {
  const names = events.trim().split(/\s+/)
  const words = totals.trim().split(/\s+/)
  if (words.length !== names.length)
    throw new FormatError(
      line,
      `expected ${names.length} totals, got ${words.length}`,
      'was the output cut short?',
    )
  const figures = new Map(names.map((name, i) => [name, figure(words[i]!, line, name)]))
  const summed = new Set(Object.values(SUMS).flat())
  const sums = Object.entries(SUMS).flatMap(([name, parts]) => {
    const found = parts.flatMap((part) => figures.get(part) ?? [])
    return found.length === 0 ? [] : [[name, found.reduce((all, one) => all + one, 0)] as const]
  })
  const others = [...figures].filter(([name]) => !summed.has(name))
  return countResults(command, [...sums, ...others])
}

/**
 * The instructions are what a run comes to; the other counts are told beside, for a simulated cache is that of the
 * machine. Without instructions the first count stands for the run.
 */
export function countResults(
  command: string,
  counts: readonly (readonly [name: string, value: number])[],
): Result[] {
  const main = counts.some(([name]) => name === 'Ir') ? 'Ir' : counts[0]?.[0]
  return counts.map(([name, value]) =>
    result(
      command,
      name,
      'count',
      { kind: 'scalar', value },
      { better: 'lower', ...(name === main ? {} : { primary: false }) },
    ),
  )
}

/** A program that a signal ended was counted only as far as it came. */
export function refuseKilled(log: string): void {
  const killed = /^==\d+== Process terminating with default action of (signal \d+.*)$/m.exec(log)
  if (killed !== null) throw new FormatError(undefined, `the program was ended by ${killed[1]!.slice(0, 60)}`)
}

/** `==24403== Command: ./vg 3000`. */
export function commandOf(log: string): string {
  return /^==\d+== Command: (.*)$/m.exec(log)?.[1]?.trim() ?? ''
}
