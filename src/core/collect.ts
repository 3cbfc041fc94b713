import type { Measurement } from './distribution.ts'
import type { Execution } from './execution.ts'
import { isRecordable, quantised } from './histogram.ts'
import type { Failure } from './report.ts'
import type { MetricResult } from './result.ts'
import { isFailed, keyOf } from './result.ts'
import type { Run, RunBenchmark, Side } from './run.ts'
import { seriesOf } from './series.ts'
import type { Warning } from './warning.ts'

/** More operations a round than this are kept as a histogram: memory must not grow with the load. */
const MOST_RAW = 20_000

/** What is known of a run besides its rounds. */
export type About = Omit<Run, 'benchmarks' | 'series' | 'order'>

export interface Collected {
  readonly run: Run
  /** Executions that failed, and rounds that lack what other rounds have: nothing of these may pass. */
  readonly failures: readonly Failure[]
  readonly warnings: readonly Warning[]
}

/** One side's run out of the executions of a job. Names in `parsed` are final: nothing is put before them here. */
export function collect(executions: readonly Execution[], side: Side, about: About): Collected {
  const of = executions.filter((execution) => execution.side === side)
  const failures: Failure[] = []
  const warnings = new Map<string, Warning>()
  const benchmarks = new Map<string, RunBenchmark>()
  const series = new Map<string, { first: MetricResult; rounds: (Measurement | null)[]; declared: string }>()
  const roundsOf = new Map<string, number>()
  const firstOf = new Map<string, Side[]>()
  const secondsOf = new Map<string, number>()

  for (const { benchmark: declared, order, outcome, round } of of) {
    if (outcome.kind === 'error') {
      failures.push({ benchmark: declared, side, status: 'error', reason: outcome.reason })
      continue
    }
    const wentFirst = firstOf.get(declared) ?? []
    wentFirst[round] = order === 0 ? side : other(side)
    firstOf.set(declared, wentFirst)
    roundsOf.set(declared, Math.max(roundsOf.get(declared) ?? 0, round + 1))
    secondsOf.set(declared, (secondsOf.get(declared) ?? 0) + outcome.seconds)
    for (const warning of outcome.parsed.warnings)
      warnings.set(`${warning.code}\0${warning.message}`, warning)
    for (const result of outcome.parsed.results) {
      const teller = benchmarks.get(result.benchmark)?.declared
      if (teller !== undefined && teller !== declared) {
        const reason = `both "${teller}" and "${declared}" tell of "${result.benchmark}": give one another name`
        failures.push({ benchmark: result.benchmark, side, status: 'error', reason })
        continue
      }
      if (isFailed(result)) {
        benchmarks.set(result.benchmark, {
          name: result.benchmark,
          declared,
          status: result.status,
          reason: result.reason,
        })
        continue
      }
      if (benchmarks.get(result.benchmark)?.status === undefined)
        benchmarks.set(result.benchmark, { name: result.benchmark, declared, status: 'measured' })
      const key = keyOf(result)
      const known = series.get(key) ?? { first: result, rounds: [], declared }
      series.set(key, known)
      if (known.first.unit !== result.unit) {
        const reason = `the unit of ${result.metric} changed from ${known.first.unit} to ${result.unit} between rounds`
        failures.push({ benchmark: result.benchmark, side, status: 'error', reason })
        continue
      }
      known.rounds[round] = compacted(result.data)
    }
  }

  for (const { first, rounds, declared } of series.values()) {
    const expected = roundsOf.get(declared) ?? 0
    for (let i = 0; i < expected; i++) rounds[i] ??= null
    if (benchmarks.get(first.benchmark)?.status !== 'measured') continue
    const absent = rounds.indexOf(null)
    if (absent !== -1) {
      const reason = `${first.metric} is in some rounds and not in round ${absent + 1}`
      failures.push({ benchmark: first.benchmark, side, status: 'error', reason })
    }
  }

  return {
    run: {
      ...about,
      benchmarks: [...benchmarks.values()].map((one) => ({ ...one, ...took(one.declared) })),
      series: [...series.values()].map(({ first, rounds, declared }) => ({
        ...seriesOf(first, rounds),
        ...(about.pairing === undefined ? {} : { first: firstOf.get(declared) ?? [] }),
      })),
    },
    failures,
    warnings: [...warnings.values()],
  }

  /** To the millisecond: no more is needed, and files stay small. */
  function took(declared: string): Pick<RunBenchmark, 'seconds'> {
    const seconds = Number((secondsOf.get(declared) ?? 0).toFixed(3))
    return seconds > 0 ? { seconds } : {}
  }
}

function other(side: Side): Side {
  return side === 'base' ? 'head' : 'base'
}

function compacted(data: Measurement): Measurement {
  const large = data.kind === 'sampled' && data.values.length > MOST_RAW && isRecordable(data)
  return large ? quantised(data) : data
}
