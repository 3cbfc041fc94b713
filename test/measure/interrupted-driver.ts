/** A small program around prepare and measureRounds: what a shell does, for tests that end it from outside. */
import { readFileSync } from 'node:fs'
import type { BenchmarkPlan, Plan } from '../../src/core/plan.ts'
import type { Parsed } from '../../src/core/result.ts'
import { INTERRUPT_CODES, listenForInterrupts } from '../../src/measure/interrupts.ts'
import { measureRounds } from '../../src/measure/rounds.ts'
import { prepare } from '../../src/measure/workplaces.ts'

const [folder, run, crash] = process.argv.slice(2) as [string, string, string | undefined]

const benchmark: BenchmarkPlan = {
  name: 'a',
  run,
  format: 'plain',
  timeout: 60_000,
  env: {},
  thresholds: {},
  budgets: [],
  place: 'tailgate.yml:1:1',
  line: 1,
}
const plan: Plan = {
  benchmarks: [benchmark],
  statistics: ['p50'],
  thresholds: {},
  overrides: [],
  compare: 'base',
  rounds: { min: 1, max: 1000, warmup: 0 },
  falseAlarms: 0.01,
  time: 600_000,
  buildTimeout: 60_000,
  carry: [],
  baseline: { store: 'cache', keep: 30, release: false },
  failOn: ['error'],
  file: 'tailgate.yml',
}

async function ingest(file: string): Promise<Parsed> {
  const value = Number(readFileSync(file, 'utf8'))
  const data = { kind: 'scalar', value } as const
  return { format: 'plain', results: [{ benchmark: '', metric: 'latency', unit: 'ns', data }], warnings: [] }
}

const interrupts = listenForInterrupts()
const progress = {
  say: (line: string): void => console.error(line),
  warn: (line: string): void => console.error(line),
  round: (state: { round: number }): void => {
    console.error(`round ${state.round}`)
    if (crash === 'throw' && state.round === 2)
      setImmediate(() => {
        throw new Error('a bug')
      })
  },
}
const prepared = await prepare({ plan, folder, progress, signal: interrupts.signal })
const measured = await measureRounds({
  plan,
  sides: prepared.sides,
  seed: 's',
  ingest,
  decide: () => new Set(['a']),
  progress,
  signal: interrupts.signal,
  scratch: prepared.scratch,
})
prepared.remove()
interrupts.stop()
console.log(JSON.stringify({ stoppedBy: measured.stoppedBy, executions: measured.executions.length }))
const cause = interrupts.cause()
if (cause !== undefined) process.exitCode = INTERRUPT_CODES[cause]
