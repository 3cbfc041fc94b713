/** The noise of this machine, from head measured against itself: what `tailgate calibrate` does. */
import { compareRuns } from './core/comparisons.ts'
import { fewestRounds } from './core/judge.ts'
import type { Plan } from './core/plan.ts'
import { rulesOf } from './core/rules.ts'
import type { Run } from './core/run.ts'
import type { Statistic } from './core/statistic.ts'
import { winsorisedDeviation } from './core/statistics/centre.ts'
import { measureAgainstItself } from './gate/against-itself.ts'
import type { World } from './gate.ts'

export interface Calibrated {
  readonly benchmark: string
  readonly metric: string
  readonly statistic: Statistic
  /** Robust relative spread of head ÷ base between rounds. */
  readonly noise: number
  /** Smallest change for the worse that so many rounds see nine times in ten; null: none. */
  readonly visible: Readonly<Record<number, number | null>>
  readonly threshold: number
}

export interface Calibration {
  readonly rows: readonly Calibrated[]
  readonly rounds: number
  readonly seed: string
  /** Fewest rounds in which anything can be called regressed. */
  readonly fewest: number
  /** Settings that this machine can keep, as a piece of config. */
  readonly snippet: string
}

/** Rounds at which people want to know. */
const WINDOWS: readonly number[] = [5, 10, 20, 30]

export async function calibrate(
  request: { readonly plan: Plan; readonly folder: string; readonly rounds: number; readonly seed?: string },
  world: World,
): Promise<Calibration> {
  const measured = await measureAgainstItself(request, world)
  const { base, head, rounds } = measured
  const rules = rulesOf(request.plan, [base, head])
  const options = { falseAlarms: request.plan.falseAlarms }
  const windows = WINDOWS.filter((window) => window <= rounds)
  const judged = new Map(
    windows.map((window) => [
      window,
      compareRuns(first(base, window), first(head, window), { paired: true }, rules, options).comparisons,
    ]),
  )
  const all = compareRuns(base, head, { paired: true }, rules, options)
  const rows = all.comparisons
    .filter((c) => c.gating && c.judgedBy === 'change')
    .map((c): Calibrated => {
      const same = (o: { benchmark: string; metric: string; statistic: string }) =>
        o.benchmark === c.benchmark && o.metric === c.metric && o.statistic === c.statistic
      return {
        benchmark: c.benchmark,
        metric: c.metric,
        statistic: c.statistic,
        noise: noiseOf(c.series.base, c.series.head),
        visible: Object.fromEntries(windows.map((w) => [w, judged.get(w)!.find(same)?.detectable ?? null])),
        threshold: c.threshold,
      }
    })
  const fewest = fewestRounds(all.gatingQuestions, options.falseAlarms)
  return {
    rows,
    rounds,
    seed: measured.seed,
    fewest,
    snippet: snippetOf(rows, windows, fewest, request.plan),
  }
}

function first(run: Run, rounds: number): Run {
  return {
    ...run,
    series: run.series.map((series) => ({ ...series, rounds: series.rounds.slice(0, rounds) })),
  }
}

function noiseOf(base: readonly (number | null)[], head: readonly (number | null)[]): number {
  const ratios = base.flatMap((b, i) => {
    const h = head[i]
    return b !== null && h != null && b > 0 && h > 0 ? Math.log(h / b) : []
  })
  return ratios.length < 2 ? 0 : winsorisedDeviation(ratios)
}

/** Rounds in which everything can be seen that can be seen at all, and thresholds no finer than that. */
function snippetOf(
  rows: readonly Calibrated[],
  windows: readonly number[],
  fewest: number,
  plan: Plan,
): string {
  const fine = windows.find((w) => w >= fewest && rows.every((row) => visibleAt(row, w) <= row.threshold))
  const enough = fine ?? windows.at(-1) ?? fewest
  const lines = [`rounds: { min: ${plan.rounds.min}, max: ${Math.max(enough, fewest)} }`]
  const coarse = rows.filter((row) => visibleAt(row, enough) > row.threshold)
  if (coarse.length === 0) return lines.join('\n')
  lines.push('overrides:')
  for (const name of new Set(coarse.map((row) => row.benchmark))) {
    const own = coarse.filter((row) => row.benchmark === name)
    const entries = own.map(
      (row) =>
        `${row.metric === 'latency' ? row.statistic : row.metric}: ${percentUp(visibleAt(row, enough))}`,
    )
    lines.push(`  - { match: ${JSON.stringify(name)}, threshold: { ${entries.join(', ')} } }`)
  }
  return lines.join('\n')
}

function visibleAt(row: Calibrated, rounds: number): number {
  return row.visible[rounds] ?? Number.POSITIVE_INFINITY
}

function percentUp(share: number): string {
  return Number.isFinite(share) ? `${Math.ceil(share * 100)}%` : '100%'
}
