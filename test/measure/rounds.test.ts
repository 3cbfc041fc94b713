import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import type { BenchmarkPlan, Plan } from '../../src/core/plan.ts'
import type { Parsed } from '../../src/core/result.ts'
import type { Execution } from '../../src/gate.ts'
import { baseGoesFirst } from '../../src/measure/coin.ts'
import { measureRounds, type RoundsJob } from '../../src/measure/rounds.ts'
import { folder, write } from './sandbox.ts'

/** The smallest reader there can be: one number of `latency` a line, or `name number`. */
async function ingest(file: string, format: string): Promise<Parsed> {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const results = lines.map((line) => {
    const [value, name] = line.split(' ').reverse()
    if (!Number.isFinite(Number(value)))
      throw new UserError('not a number', { place: `${format}: ${file}:1` })
    const data = { kind: 'scalar', value: Number(value) } as const
    return { benchmark: name ?? '', metric: 'latency', unit: 'ns', better: 'lower', data } as const
  })
  return { format, results, warnings: [] }
}

function benchmark(name: string, run: string, more: Partial<BenchmarkPlan> = {}): BenchmarkPlan {
  const rest = {
    format: 'plain',
    timeout: 20_000,
    env: {},
    thresholds: {},
    budgets: [],
    place: 'tailgate.yml:3:5',
    line: 3,
  }
  return { name, run, ...rest, ...more }
}

function plan(
  benchmarks: readonly BenchmarkPlan[],
  rounds: Partial<Plan['rounds']> = {},
  time = 60_000,
): Plan {
  return {
    benchmarks,
    statistics: ['p50'],
    thresholds: {},
    overrides: [],
    compare: 'base',
    rounds: { min: 2, max: 3, warmup: 1, ...rounds },
    falseAlarms: 0.01,
    time,
    buildTimeout: 60_000,
    carry: [],
    baseline: { store: 'cache', keep: 30, release: false },
    failOn: ['error'],
    file: 'tailgate.yml',
  }
}

interface Bench {
  readonly job: RoundsJob
  readonly said: string[]
  readonly shown: string[]
  readonly base: string
  readonly head: string
}

/** Both sides in empty folders of their own; goes on until `rounds.max` unless told otherwise. */
function bench(made: Plan, more: Partial<RoundsJob> = {}): Bench {
  const root = folder()
  write(root, { 'base/.keep': '', 'head/.keep': '', 'scratch/.keep': '' })
  const [base, head] = [join(root, 'base'), join(root, 'head')]
  const said: string[] = []
  const shown: string[] = []
  const job: RoundsJob = {
    plan: made,
    sides: { base: { side: 'base', folder: base, env: {} }, head: { side: 'head', folder: head, env: {} } },
    seed: 'seed',
    ingest,
    decide: () => new Set(made.benchmarks.map((one) => one.name)),
    progress: {
      say: (line) => said.push(line),
      warn: (line) => said.push(line),
      round: (state) => shown.push(`${state.benchmark} ${state.round}/${state.of}`),
    },
    signal: new AbortController().signal,
    scratch: join(root, 'scratch'),
    ...more,
  }
  return { job, said, shown, base, head }
}

/** `name side round order value` of each execution. */
function brief(executions: readonly Execution[]): string[] {
  return executions.map((one) => {
    const [first] = one.outcome.kind === 'measured' ? one.outcome.parsed.results : []
    const value =
      first !== undefined && 'data' in first && first.data.kind === 'scalar' ? first.data.value : 'error'
    return `${one.benchmark} ${one.side} ${one.round} ${one.order} ${value}`
  })
}

/** What the one execution that failed says. */
function reason(executions: readonly Execution[]): string {
  const failed = executions.filter((one) => one.outcome.kind === 'error')
  expect(failed).toHaveLength(1)
  return failed[0]!.outcome.kind === 'error' ? failed[0]!.outcome.reason : ''
}

const COUNT = 'n=$(cat n 2>/dev/null || echo 0); echo $((n+1)) > n; '

test('rounds are pairs in coin order, round robin over the benchmarks, without the warm-up', async () => {
  const run = `${COUNT} echo "$TAILGATE_SIDE $TAILGATE_ROUND \${TAILGATE_WARMUP:-0}" >> ../log-$NAME; echo $n`
  const made = plan([
    benchmark('a', run, { env: { NAME: 'a' } }),
    benchmark('b', run, { env: { NAME: 'b' } }),
  ])
  const { job, shown, base } = bench(made)
  const measured = await measureRounds(job)
  expect(measured.stoppedBy).toBe('rounds')
  expect(measured.executions).toHaveLength(2 * 2 * 3)
  for (const [index, one] of measured.executions.entries()) {
    // a0 a0 b0 b0 a1 a1 …
    expect(one.benchmark).toBe(index % 4 < 2 ? 'a' : 'b')
    expect(one.round).toBe(Math.floor(index / 4))
    expect(one.order).toBe(index % 2)
    const first = baseGoesFirst('seed', one.benchmark, one.round) ? 'base' : 'head'
    expect(one.side === first).toBe(one.order === 0)
  }
  // The two warm-ups of each folder took the counts 0 and 1.
  const values = measured.executions.filter((one) => one.side === 'base')
  expect(brief(values).map((line) => Number(line.split(' ')[4]))).toEqual([2, 3, 4, 5, 6, 7])
  const log = readFileSync(join(base, '..', 'log-a'), 'utf8')
    .trim()
    .split('\n')
  expect(log.slice(0, 2).sort()).toEqual(['base 0 1', 'head 0 1'])
  expect(log.slice(2).sort()).toEqual([
    'base 0 0',
    'base 1 0',
    'base 2 0',
    'head 0 0',
    'head 1 0',
    'head 2 0',
  ])
  expect(shown).toEqual(['a 1/3', 'b 1/3', 'a 2/3', 'b 2/3', 'a 3/3', 'b 3/3'])
  expect(readdirSync(job.scratch)).toEqual(['.keep'])
})

test('what is decided is measured no longer, but never less than the least number of rounds', async () => {
  const asked: number[] = []
  const decide = (executions: readonly Execution[]): ReadonlySet<string> => {
    asked.push(executions.length)
    return new Set(executions.length < 12 ? ['b'] : [])
  }
  const made = plan([benchmark('a', 'echo 1'), benchmark('b', 'echo 1')], { min: 2, max: 30, warmup: 0 })
  const measured = await measureRounds(bench(made, { decide }).job)
  expect(measured.stoppedBy).toBe('settled')
  const rounds = (name: string): number =>
    measured.executions.filter((one) => one.benchmark === name).length / 2
  expect([rounds('a'), rounds('b')]).toEqual([2, 4])
  expect(asked).toEqual([8, 10, 12])
})

test('a round that fails is taken again on both sides, twice at most, and the others go on', async () => {
  const flaky = `${COUNT} [ "$TAILGATE_SIDE" = head ] && [ $n -lt 2 ] && { echo no luck >&2; exit 7; }; echo $n`
  const made = plan([benchmark('flaky', flaky), benchmark('well', 'echo 5')], { warmup: 0, max: 2 })
  const { job, said, base } = bench(made)
  const measured = await measureRounds(job)
  // Where base went first it ran again each time, although it had been well.
  const inFirst = baseGoesFirst('seed', 'flaky', 0) ? 3 : 1
  expect(readFileSync(join(base, 'n'), 'utf8')).toBe(`${inFirst + 1}\n`)
  expect(said).toEqual([
    'flaky: head failed in round 1, which is taken again: exit code 7: no luck',
    'flaky: head failed in round 1, which is taken again: exit code 7: no luck',
  ])
  expect(measured.executions.every((one) => one.outcome.kind === 'measured')).toBe(true)
  expect(measured.executions).toHaveLength(8)

  const crash =
    '[ "$TAILGATE_SIDE" = head ] && [ $TAILGATE_ROUND = 1 ] && { echo broken pipe dream >&2; exit 1; }; echo 1'
  const worse = bench(plan([benchmark('crash', crash), benchmark('well', 'echo 5')], { max: 4 }))
  const after = await measureRounds(worse.job)
  expect(reason(after.executions)).toBe('exit code 1: broken pipe dream')
  const kept = after.executions.filter((one) => one.benchmark === 'crash')
  expect(kept.map((one) => `${one.round} ${one.outcome.kind}`)).toEqual([
    '0 measured',
    '0 measured',
    '1 error',
  ])
  expect(after.executions.filter((one) => one.benchmark === 'well')).toHaveLength(8)
})

test('a hang is ended at its timeout and told as one', async () => {
  const measured = await measureRounds(
    bench(plan([benchmark('hang', 'sleep 60 & wait', { timeout: 100 })])).job,
  )
  expect(reason(measured.executions)).toBe(
    'did not end within its timeout of 0.1 s, and was ended with all its processes',
  )
})

test('results come from $TAILGATE_OUTPUT, else from the declared file, else from standard output', async () => {
  const values = async (one: BenchmarkPlan): Promise<string[]> =>
    brief((await measureRounds(bench(plan([one], { min: 1, max: 1, warmup: 0 })).job)).executions)
  for (const line of await values(benchmark('a', 'echo 1; echo 2 > $TAILGATE_OUTPUT')))
    expect(line).toMatch(/ 2$/)
  for (const line of await values(
    benchmark('a', 'echo 1; mkdir -p out; echo 3 > out/x', { output: 'out/x' }),
  ))
    expect(line).toMatch(/ 3$/)
  for (const line of await values(benchmark('a', 'echo 1'))) expect(line).toMatch(/ 1$/)
})

test('a script that tells nothing, or garbage, is an error that says where results go', async () => {
  const told = async (run: string, more: Partial<BenchmarkPlan> = {}): Promise<string> =>
    reason((await measureRounds(bench(plan([benchmark('a', run, more)])).job)).executions)
  expect(await told('echo progress >&2')).toBe(
    'printed nothing (print results to standard output, or write them to the file named by $TAILGATE_OUTPUT): progress',
  )
  expect(await told('echo 1', { output: 'out.json' })).toMatch(/^did not write out\.json \(/)
  expect(await told('echo one')).toBe('plain: standard output:1: not a number')
  expect(await told('echo one > $TAILGATE_OUTPUT')).toBe('plain: $TAILGATE_OUTPUT:1: not a number')
  expect(await told('echo x 1; echo x 2')).toMatch(/^the output tells latency of "a\/x" twice/)
  expect(await told('cat missing.mjs')).toMatch(/missing\.mjs.*ignored files such as node_modules/)
})

test('a file of an earlier execution is never read, and comes back if no new one was written', async () => {
  const made = plan([benchmark('a', 'true', { output: 'out.json' })])
  const { job, head } = bench(made)
  write(head, { 'out.json': '42\n' })
  const { base: _, ...alone } = job.sides
  const measured = await measureRounds({ ...job, sides: alone })
  expect(reason(measured.executions)).toMatch(/^did not write out\.json/)
  expect(readFileSync(join(head, 'out.json'), 'utf8')).toBe('42\n')
  expect(readdirSync(head).sort()).toEqual(['.keep', 'out.json'])
})

test('no round is begun that would not fit, by the longest so far; what had none is an error', async () => {
  let clock = 0
  const made = plan([benchmark('a', 'echo 1'), benchmark('b', 'echo 1')], { warmup: 0, max: 9 }, 95)
  // Each look at the clock is 10 ms later: a round takes 10, the look before it 10 more.
  const some = await measureRounds(bench(made, { now: () => (clock += 10) }).job)
  expect(some.stoppedBy).toBe('time')
  // Rounds begin 10, 30, 50, 70 and 90 after the start; the last would end at 100.
  expect(some.executions).toHaveLength(8)
  clock = 0
  const none = await measureRounds(bench(made, { now: () => (clock += 60) }).job)
  expect(brief(none.executions).filter((line) => line.endsWith('error'))).toEqual(['b head 0 0 error'])
  expect(reason(none.executions)).toMatch(/ran out before its first round/)
})

test('a script sees its side’s environment over its own, and no credentials', async () => {
  vi.stubEnv('GITHUB_TOKEN', 'secret')
  vi.stubEnv('INPUT_NAME', 'secret')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const one = benchmark('a', '[ -z "$GITHUB_TOKEN$INPUT_NAME" ] && echo $IMPL', { env: { IMPL: '1' } })
  const { job } = bench(plan([one], { min: 1, max: 1, warmup: 0 }))
  const head = { ...job.sides.head, env: { IMPL: '2' } }
  const measured = await measureRounds({ ...job, sides: { head } })
  expect(brief(measured.executions)).toEqual(['a head 0 0 2'])
})

test('head alone: one execution a round', async () => {
  const { job } = bench(plan([benchmark('a', 'echo 7')], { min: 1, max: 2, warmup: 1 }))
  const { base: _, ...alone } = job.sides
  const measured = await measureRounds({ ...job, sides: alone })
  expect(brief(measured.executions)).toEqual(['a head 0 0 7', 'a head 1 0 7'])
})

test('a new benchmark that base cannot run is measured on head, with base’s error kept', async () => {
  const run = '[ "$TAILGATE_SIDE" = base ] && { echo no such script >&2; exit 1; }; echo 4'
  const made = plan([benchmark('a', run)], { max: 2 })
  const measured = await measureRounds(bench(made, { fresh: new Set(['a']) }).job)
  expect(brief(measured.executions)).toEqual(
    ['a base 0 0 error', 'a head 0 0 4', 'a head 1 0 4'].map((line) =>
      line.replace('base 0 0', `base 0 ${measured.executions[0]!.order}`),
    ),
  )
  const old = await measureRounds(bench(made).job)
  expect(brief(old.executions)).toHaveLength(1)
})

test('an abort keeps the whole rounds that there are', async () => {
  const controller = new AbortController()
  const made = plan([benchmark('a', 'echo 1')], { min: 1, max: 9, warmup: 0 })
  const decide = (executions: readonly Execution[]): ReadonlySet<string> => {
    if (executions.length === 6) controller.abort()
    return new Set(['a'])
  }
  const measured = await measureRounds(bench(made, { decide, signal: controller.signal }).job)
  expect(measured.stoppedBy).toBe('signal')
  expect(measured.executions).toHaveLength(6)
  const started = new AbortController()
  const slow = bench(plan([benchmark('a', 'touch begun; sleep 60')]), { signal: started.signal })
  const running = measureRounds(slow.job)
  while (!existsSync(join(slow.base, 'begun')) && !existsSync(join(slow.head, 'begun')))
    await new Promise((resolve) => setImmediate(resolve))
  started.abort()
  expect((await running).executions).toEqual([])
})

test('coins are fair, independent of each other, and the seed’s own', () => {
  let first = 0
  let equal = 0
  for (let round = 0; round < 10_000; round++) {
    if (baseGoesFirst('s', 'a', round)) first++
    if (baseGoesFirst('s', 'a', round) === baseGoesFirst('s', 'b', round)) equal++
  }
  // 5 standard deviations of 10 000 fair coins are 250.
  expect(Math.abs(first - 5000)).toBeLessThan(250)
  expect(Math.abs(equal - 5000)).toBeLessThan(250)
  // printf 'seed\n3\na' | sha256sum begins with 99, of round 2 with 48.
  expect(baseGoesFirst('seed', 'a', 3)).toBe(false)
  expect(baseGoesFirst('seed', 'a', 2)).toBe(true)
})
