import type { Result } from '../core/result.ts'
import type { GoRun, GoStop } from './go-bench.ts'
import { groupsOf, readUnit, result, roundsOf } from './measured.ts'
import { coarsest, printedTo } from './resolution.ts'

/** Result lines by benchmark: several lines of one (`-count`) are its rounds. */
export function gatherGo(runs: readonly GoRun[], stops: readonly GoStop[]): Result[] {
  const nameOf = naming(runs, stops)
  const results: Result[] = stops.map((stop) => ({
    benchmark: nameOf(stop),
    status: stop.status,
    reason: stop.status === 'failed' ? 'go test says FAIL' : 'go test says SKIP',
  }))
  // A benchmark that failed in several of its runs is failed once.
  const once = new Map(results.map((failed) => [failed.benchmark, failed]))
  const groups = groupsOf(runs, nameOf)
  return [
    ...[...groups].flatMap(([name, group]) => (once.has(name) ? [] : resultsOf(name, group))),
    ...once.values(),
  ]
}

/**
 * `ns/op` is the latency and the first rate the throughput; what `MB/s` tells is `ns/op` turned over. Without either the
 * first unit that tells which way is good stands for the benchmark. The rest is told beside.
 */
function resultsOf(name: string, runs: readonly GoRun[]): Result[] {
  const units = [...new Set(runs.flatMap((run) => run.figures.map((figure) => figure.unit)))]
  const rate = units.find((spelling) => RATES.includes(readUnit(spelling).unit))
  const main = ['ns/op', rate, units.find((spelling) => readUnit(spelling).better !== undefined)].find(
    (spelling) => spelling !== undefined && units.includes(spelling),
  )
  return units.map((spelling) => {
    const { unit, factor, better } = readUnit(spelling)
    const metric = spelling === 'ns/op' ? 'latency' : spelling === rate ? 'throughput' : spelling
    const figures = runs.flatMap((run) => run.figures.filter((figure) => figure.unit === spelling))
    const { data, rounds } = roundsOf(figures.map(({ value }) => value * factor))
    const resolution =
      unit === 'ns' ? coarsest(figures.map(({ text }) => printedTo(text, spelling, factor))) : undefined
    return result(name, metric, unit, data, {
      better,
      rounds,
      ...(resolution === undefined ? {} : { resolution }),
      ...(spelling === main || (main === undefined && spelling === units[0]) ? {} : { primary: false }),
    })
  })
}

const RATES: readonly string[] = ['1/s', 'B/s']

/**
 * `BenchmarkFind/ends-in-8-2` → `Find/ends-in-8`. Go appends `-P` where GOMAXPROCS is not 1, so the suffix goes only if
 * every line bears the same (with `-cpu 1,2` it tells benchmarks apart; with GOMAXPROCS=1 there is none). The package
 * is put before a name that two packages have.
 */
function naming(
  runs: readonly GoRun[],
  stops: readonly GoStop[],
): (of: { name: string; package: string }) => string {
  const suffixes = new Set(runs.map((run) => /-\d+$/.exec(run.name)?.[0]))
  const suffix = suffixes.size === 1 ? [...suffixes][0] : undefined
  const short = (name: string) => {
    const whole = suffix !== undefined && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
    return whole.replace(/^Benchmark(?=.)/, '')
  }
  const packages = new Map<string, Set<string>>()
  for (const { name, package: pkg } of [...runs, ...stops]) {
    const found = packages.get(short(name))
    if (found === undefined) packages.set(short(name), new Set([pkg]))
    else found.add(pkg)
  }
  return ({ name, package: pkg }) =>
    (packages.get(short(name))?.size ?? 0) > 1 ? `${pkg}.${short(name)}` : short(name)
}
