import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { resourceResults } from '../../src/core/resource-results.ts'
import { growthOf } from '../../src/core/slope.ts'
import type { ResourceSample } from '../../src/core/timeline.ts'
import { MARK } from '../../src/measure/family.ts'
import { procLook } from '../../src/measure/resources/proc.ts'
import { rowsOf } from '../../src/measure/resources/ps.ts'
import { sampleResources, samplesOf } from '../../src/measure/resources/sampler.ts'
import { generator } from '../statistics/generator.ts'
import { benchmark, load, stage, value } from './world.ts'

const MB = 1e6

/** A heap that fills by 1 MB a sample and is emptied to its floor at 20, which rises by `leak` a sample. */
function heap(leak: number, seed: number): { at: number; value: number }[] {
  const random = generator(seed).uniform
  return Array.from({ length: 240 }, (_, i) => ({
    at: i * 100,
    value: 100 * MB + (i % 20) * MB + i * leak + random() * 0.3 * MB,
  }))
}

test('a leak is told from a sawtooth', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const flat = growthOf(heap(0, seed))!
    expect(Math.abs(flat.total)).toBeLessThan(3 * MB)
    const leaking = growthOf(heap(0.2 * MB, seed))!
    // 239 samples later the floor is 48 MB higher.
    expect(leaking.total / MB).toBeGreaterThan(44)
    expect(leaking.total / MB).toBeLessThan(52)
    expect(leaking.told).toBe(true)
    expect(leaking.interval[0]).toBeLessThanOrEqual(leaking.total)
    expect(leaking.interval[1]).toBeGreaterThanOrEqual(leaking.total)
  }
})

test('flat memory with noise is seldom called growth', () => {
  const random = generator(7).uniform
  let told = 0
  for (let run = 0; run < 400; run++) {
    const points = Array.from({ length: 120 }, (_, at) => ({ at, value: 50 * MB + random() * MB }))
    if (growthOf(points)!.told) told += 1
  }
  // 95 % confidence: 20 of 400, and no more than twice that.
  expect(told).toBeLessThan(40)
})

test('few points say what they can', () => {
  expect(growthOf([])).toBeUndefined()
  expect(growthOf([{ at: 0, value: 1 }])).toBeUndefined()
  const two = growthOf([
    { at: 0, value: 1 },
    { at: 5, value: 4 },
  ])!
  expect([two.total, two.told]).toEqual([3, false])
})

const sample = (at: number, cpu: number, memory: number): ResourceSample => ({
  at,
  cpu,
  memory,
  processes: 1,
  threads: 5,
  connections: at / 500,
})

test('samples become metrics of the measured time', () => {
  const samples = [
    sample(-500, 0, 10),
    sample(500, 0.2, 30),
    sample(1000, 0.4, 60),
    sample(1500, 0.9, 50),
    sample(2000, 0.9, 40),
    sample(2300, 0.1, 40),
    sample(9000, 1, 900),
  ]
  const { results } = resourceResults('a', samples, { from: 0, to: 2100 })
  const told = Object.fromEntries(
    results.map(({ metric, data }) => [metric, data.kind === 'scalar' ? data.value : undefined]),
  )
  // (0.2·500 + 0.4·500 + 0.9·1000 + 0.1·300) / 2300
  expect(told['cpu.mean']).toBeCloseTo(0.5348, 4)
  expect(told['cpu.peak']).toBeCloseTo(0.9, 9)
  expect(told).toMatchObject({ 'memory.start': 10, 'memory.peak': 60, 'memory.end': 40, threads: 5 })
  expect(told.connections).toBe(4.6)
  expect(told.files).toBeUndefined()
  expect(results.every((one) => one.better === 'lower')).toBe(true)
  expect(resourceResults('a', [], { from: 0, to: 1 }).results).toEqual([])
})

test('a long load whose floors rise is warned about, a sawtooth is not', () => {
  const codes = (leak: number) => {
    const samples = heap(leak, 3).map(({ at, value: memory }) => sample(at * 3, 0.1, memory))
    const { warnings } = resourceResults('a', samples, { from: 0, to: 72_000 })
    return warnings.map((warning) => warning.code)
  }
  expect(codes(0.2 * MB)).toEqual(['memory-grows'])
  expect(codes(0)).toEqual([])
})

test('processor time is a share of all cores, and one that ended takes nothing away', () => {
  const taken = [
    { now: 1000, busy: 1, memory: 1, processes: 2 },
    { now: 2000, busy: 2, memory: 1, processes: 2 },
    { now: 3000, busy: 0.5, memory: 1, processes: 1 },
    { now: 3100, busy: 1.7, memory: 1, processes: 2 },
  ]
  expect(samplesOf(taken, 1000, 4).map(({ at, cpu }) => [at, cpu])).toEqual([
    [0, 0],
    [1000, 0.25],
    [2000, 0],
    [2100, 1],
  ])
})

test('what ps prints', () => {
  const rows = rowsOf('    1     0     1   1200   0:01.50\n  502     1   502  20480 1-02:03:04\ngarbage\n')
  expect(rows).toEqual([
    { pid: 1, parent: 0, group: 1, memory: 1_228_800, busy: 1.5 },
    { pid: 502, parent: 1, group: 502, memory: 20_971_520, busy: 93_784 },
  ])
})

test.runIf(process.platform === 'linux')('a tree is seen with its children, wherever they went', async () => {
  const busy = 'setInterval(() => { for (const end = Date.now() + 40; Date.now() < end; ); }, 50)'
  const child = spawn('sh', ['-c', `node -e '${busy}' & setsid sleep 60 & wait`], { detached: true })
  onTestFinished(() => {
    process.kill(-child.pid!, 'SIGKILL')
  })
  const sampler = sampleResources([{ root: child.pid!, mark: 'none' }])!
  await new Promise((resolve) => setTimeout(resolve, 1800))
  const samples = await sampler.stop(0)
  const last = samples.at(-1)!
  expect(last.processes).toBeGreaterThanOrEqual(3)
  expect(last.memory).toBeGreaterThan(20 * MB)
  expect(last.threads).toBeGreaterThan(5)
  expect(Math.max(...samples.map((one) => one.cpu))).toBeGreaterThan(0.05)
  expect(last.files).toBeGreaterThan(3)
})

test.runIf(process.platform === 'linux')(
  'what a supervisor starts again is seen soon, however long a search takes',
  async () => {
    const work = `${process.execPath} -e 'setInterval(() => {}, 1000)'`
    const env = { ...process.env, [MARK]: 'kept' }
    const supervisor = spawn('sh', ['-c', `while :; do ${work}; done`], { env, detached: true })
    onTestFinished(() => void process.kill(-supervisor.pid!, 'SIGKILL'))
    const worker = async (other?: number): Promise<number> => {
      for (;;) {
        const { stdout } = spawnSync('pgrep', ['-P', String(supervisor.pid), '-f', 'setInterval'], {
          encoding: 'utf8',
        })
        const pid = Number.parseInt(stdout, 10)
        if (pid > 0 && pid !== other) return pid
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const first = await worker()
    const look = procLook([{ root: supervisor.pid!, mark: 'kept' }])
    expect(look(0).processes).toBe(2)
    // By a clock that hardly goes every search takes seconds: the next would be due in minutes.
    expect(look(200).processes).toBe(2)
    process.kill(first, 'SIGKILL')
    await worker(first)
    expect(look(300).processes).toBe(1)
    expect(look(400).processes).toBe(2)
  },
)

test.runIf(process.platform === 'linux')('what is started after all have ended is seen at once', async () => {
  const start = async () => {
    const child = spawn('sleep', ['60'], { env: { ...process.env, [MARK]: 'again' } })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child, 'spawn')
    return child
  }
  const first = await start()
  const look = procLook([{ root: first.pid!, mark: 'again' }])
  expect(look(0).processes).toBe(1)
  first.kill('SIGKILL')
  await once(first, 'exit')
  expect(look(1).processes).toBe(0)
  await start()
  // Long before the next search is due.
  expect(look(2).processes).toBe(1)
})

test.runIf(process.platform === 'linux')('connections are seen in a short load too', async () => {
  const outcome = await stage().execute(benchmark({ load: load('/slow', { duration: 600, connections: 7 }) }))
  expect(value(outcome, 'connections')).toBeGreaterThanOrEqual(7)
})

test.runIf(process.platform === 'linux')('a service that leaks shows it', async () => {
  const { execute } = stage()
  const rate = { rate: 200, duration: 2200, connections: 4 }
  const leaking = await execute(benchmark({ load: load('/leak', rate) }))
  // 200 a second for 2.2 s, each 20 kB and what goes with it.
  expect(value(leaking, 'memory.growth')).toBeGreaterThan(3 * MB)
  expect(value(leaking, 'memory.peak')).toBeGreaterThan(value(leaking, 'memory.start'))
  expect(value(leaking, 'connections')).toBeGreaterThanOrEqual(1)
  expect(value(leaking, 'cpu.mean')).toBeGreaterThan(0)
})
