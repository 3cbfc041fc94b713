import { apart } from './apart.ts'
import { UserError } from './errors.ts'
import { matchesName } from './glob.ts'
import { joinReports } from './join-reports.ts'
import type { Environment, Report } from './report.ts'

/** What one job or all shards of a suite found. */
export interface Gate {
  readonly id: string
  readonly report: Report
}

/**
 * Gates as one, with the strictest verdict of them, and those that are not meant as they were. `wanted` is a list of ids
 * and patterns, parted by commas; each has to be there, else it is missing, which fails. One plain id means no joining.
 * Throws UserError where none of them is there, or they are of different commits.
 */
export function joinGates(gates: readonly Gate[], wanted: string): readonly Gate[] {
  const patterns = wanted
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
  if (gates.some(({ id }) => id === wanted) || (patterns.length < 2 && !wanted.includes('*'))) return gates
  const mine = gates.filter(({ id }) => patterns.some((pattern) => matchesName(pattern, id)))
  const missing = patterns.filter((pattern) => !mine.some(({ id }) => matchesName(pattern, id)))
  const of = mine.length + missing.length
  if (mine.length === 0)
    throw new UserError(`none of these gates has handed over a report: ${patterns.join(', ')}`, {
      place: 'id',
      remedy: `name those that have: ${gates.map(({ id }) => id).join(', ')}`,
    })
  const joined = joinReports(
    mine.map(({ id, report }, i) => ({ report: apart(report, id), shard: { index: i + 1, of } })),
  )
  const report: Report = {
    ...joined,
    failures: joined.failures.map((failure) => ({ ...failure, benchmark: gateName(failure.benchmark) })),
    environment: shared(joined.environment, wanted),
  }
  return [{ id: wanted, report }, ...gates.filter((gate) => !mine.includes(gate))]

  function gateName(benchmark: string): string {
    const i = missing.findIndex((_, at) => benchmark === `shard ${mine.length + at + 1}/${of}`)
    return i === -1 ? benchmark : `gate ${missing[i]!}`
  }
}

/** Machines differ, and so does what gives the same again. */
function shared(environment: Environment, id: string): Environment {
  const { reproduce: _, suite: __, base, head, ...rest } = environment
  return { ...rest, ...(base && { base: anywhere(base) }), ...(head && { head: anywhere(head) }), id }
}

function anywhere(side: NonNullable<Environment['head']>): NonNullable<Environment['head']> {
  const { machine: _, ...rest } = side
  return rest
}
