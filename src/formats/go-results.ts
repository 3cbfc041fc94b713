import type { Result } from '../core/result.ts'
import type { GoRun, GoStop } from './go-bench.ts'
import { readUnit, result, roundsOf } from './measured.ts'

/** Result lines by benchmark: several lines of one (`-count`) are its rounds. */
export function gatherGo(runs: readonly GoRun[], stops: readonly GoStop[]): Result[] {
  const nameOf = naming(runs, stops)
  const results: Result[] = stops.map((stop) => ({
    benchmark: nameOf(stop),
    status: stop.status,
    reason: stop.status === 'failed' ? 'go test says FAIL' : 'go test says SKIP',
  }))
  const stopped = new Set(results.map((failed) => failed.benchmark))
  const once = results.filter(
    (failed, i) => results.findIndex((one) => one.benchmark === failed.benchmark) === i,
  )
  const groups = new Map<string, GoRun[]>()
  for (const run of runs) {
    const name = nameOf(run)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [run])
    else group.push(run)
  }
  return [
    ...[...groups].flatMap(([name, group]) => (stopped.has(name) ? [] : resultsOf(name, group))),
    ...once,
  ]
}

function resultsOf(name: string, runs: readonly GoRun[]): Result[] {
  const units = [...new Set(runs.flatMap((run) => run.figures.map((figure) => figure.unit)))]
  let rated = false
  return units.map((spelling) => {
    const { unit, factor, better } = readUnit(spelling)
    const rate = !rated && (unit === '1/s' || unit === 'B/s')
    rated ||= rate
    const metric = spelling === 'ns/op' ? 'latency' : rate ? 'throughput' : spelling
    const values = runs.flatMap((run) =>
      run.figures.filter((figure) => figure.unit === spelling).map((figure) => figure.value * factor),
    )
    const { data, rounds } = roundsOf(values)
    return result(name, metric, unit, data, { better, rounds })
  })
}

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
