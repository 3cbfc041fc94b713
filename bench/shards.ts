/**
 * A suite in one job, and in 8 shards: how long the longest takes when all benchmarks count alike and when they are dealt
 * out by recorded seconds, and whether merging loses anything. Shards run one after the other here; as jobs of a matrix they
 * run at once, so that the longest is what people wait for.
 *
 * `node build/run.mjs bench/shards.ts`, or with another bundle `… bench/shards.ts DIR/cli.js`
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { merge } from '../src/core/distribution.ts'
import { mergeRuns } from '../src/core/merge-runs.ts'
import type { Run } from '../src/core/run.ts'
import { loadRun, saveRun } from '../src/stores/run-file.ts'

const CLI = resolve(process.argv[2] ?? 'dist/cli.js')
const SHARDS = 8
/** Milliseconds that each benchmark's script takes: a few long ones, many short ones, as suites are. */
const TAKES = [900, 700, 500, ...Array.from({ length: 21 }, (_, i) => 40 + 10 * (i % 6))]

const folder = mkdtempSync(join(tmpdir(), 'tailgate-shards-'))
const out = join(folder, 'out')
mkdirSync(out)
const names = TAKES.map((_, i) => `b${String(i).padStart(2, '0')}`)
writeFileSync(join(folder, 'bench.mjs'), script())
writeFileSync(
  join(folder, 'tailgate.yml'),
  `rounds: { min: 3, max: 3, warmup: 0 }\nbenchmarks:\n${names
    .map((name, i) => `  - { name: ${name}, run: node bench.mjs ${TAKES[i]} ${i} }`)
    .join('\n')}\n`,
)
try {
  const whole = measure('whole', [])
  const alike = shards('alike', [])
  const dealt = shards('dealt', ['--durations', join(out, 'whole.json')])
  const merged = mergeRuns(
    await Promise.all(dealt.files.map(async (place) => ({ place, run: await loadRun(place) }))),
  )
  await saveRun(join(out, 'merged.json'), merged)
  const told = (seconds: readonly number[]) =>
    `longest ${Math.max(...seconds).toFixed(1)} s, shortest ${Math.min(...seconds).toFixed(1)} s, together ${sum(seconds).toFixed(1)} s`
  print('one job', `${whole.toFixed(1)} s`)
  print(`${SHARDS} shards, all benchmarks alike`, told(alike.seconds))
  print(`${SHARDS} shards, by recorded seconds`, told(dealt.seconds))
  const one = await loadRun(join(out, 'whole.json'))
  print('benchmarks: one job, merged', `${one.benchmarks.length}, ${merged.benchmarks.length}`)
  print('operations: one job, merged', `${operations(one)}, ${operations(merged)}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Takes as long as it is told, and says 1000 latencies of a known shape. */
function script(): string {
  return `
const [takes, seed] = process.argv.slice(2).map(Number)
const values = Array.from({ length: 1000 }, (_, i) => 100 + ((i * 7919 + seed * 104729) % 1000) / 10)
setTimeout(() => console.log(JSON.stringify({ unit: 'us', values })), takes)
`
}

/** Seconds from start to end, as a person waits for it. */
function measure(name: string, flags: readonly string[]): number {
  const began = performance.now()
  execFileSync(
    process.execPath,
    [CLI, 'run', '--compare', 'none', '--quiet', '--save', join(out, `${name}.json`), ...flags],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  return (performance.now() - began) / 1000
}

function shards(name: string, flags: readonly string[]): { seconds: number[]; files: string[] } {
  const all = Array.from({ length: SHARDS }, (_, i) => i + 1)
  return {
    seconds: all.map((i) => measure(`${name}-${i}`, ['--shard', `${i}/${SHARDS}`, ...flags])),
    files: all.map((i) => join(out, `${name}-${i}.json`)),
  }
}

function operations({ series }: Run): number {
  return sum(
    series.map(({ rounds }) => merge(rounds.flatMap((m) => (m?.kind === 'sampled' ? [m] : []))).count),
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function print(what: string, told: string): void {
  process.stdout.write(`${what.padEnd(34)} ${told}\n`)
}
