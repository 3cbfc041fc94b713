/** OpenMetrics 1.0 text, for a Prometheus that keeps the history: figures in base units, labels for the rest. */
import type { Comparison, Report } from '../core/report.ts'
import { exitCodeOf } from '../core/report.ts'
import { plain } from './escape.ts'
import { allFigures } from './figures.ts'

interface Family {
  readonly name: string
  readonly help: string
  readonly samples: readonly (readonly [labels: Labels, value: number | null])[]
}

type Labels = Readonly<Record<string, string>>

export function openMetrics(report: Report): string {
  const { comparisons, budgets, environment } = report
  const each = (value: (c: Comparison) => number | null) =>
    comparisons.map((c) => [labelsOf(c), value(c)] as const)
  const gating = comparisons.filter((c) => c.gating)
  const families: Family[] = [
    {
      name: 'tailgate_exit_code',
      help: '0 passed, 1 failed, 2 could not judge.',
      samples: [[{ verdict: report.verdict }, exitCodeOf(report.verdict)]],
    },
    { name: 'tailgate_base', help: 'A typical round of base, in the unit.', samples: each((c) => c.base) },
    {
      name: 'tailgate_head',
      help: 'A typical round of head, in the unit.',
      samples: allFigures(report).map((c) => [labelsOf(c), c.head] as const),
    },
    { name: 'tailgate_change_ratio', help: 'Head over base less one.', samples: each((c) => c.change) },
    {
      name: 'tailgate_change_low',
      help: 'Lower end of the interval.',
      samples: each((c) => c.interval?.[0] ?? null),
    },
    {
      name: 'tailgate_change_high',
      help: 'Upper end of the interval.',
      samples: each((c) => c.interval?.[1] ?? null),
    },
    { name: 'tailgate_threshold', help: 'What is tolerated.', samples: each((c) => c.threshold) },
    {
      name: 'tailgate_regressed',
      help: 'Whether a gating comparison regressed.',
      samples: gating.map((c) => [labelsOf(c), c.verdict === 'regressed' ? 1 : 0]),
    },
    {
      name: 'tailgate_undecided',
      help: 'Whether a gating comparison could not be told, or is missing.',
      samples: gating.map((c) => [
        labelsOf(c),
        c.verdict === 'inconclusive' || c.verdict === 'missing' ? 1 : 0,
      ]),
    },
    {
      name: 'tailgate_budget_actual',
      help: 'What head needs of a budget, in the unit.',
      samples: budgets.map(({ benchmark, expression, unit, actual }) => [
        { benchmark, expression, unit },
        actual,
      ]),
    },
    {
      name: 'tailgate_budget_met',
      help: 'Whether a budget is met; 0 too where that could not be told.',
      samples: budgets.map(({ benchmark, expression, unit, verdict }) => [
        { benchmark, expression, unit },
        verdict === 'met' ? 1 : 0,
      ]),
    },
  ]
  const info = {
    tool: environment.tool,
    base: environment.base?.commit ?? '',
    head: environment.head?.commit ?? '',
  }
  return [
    '# TYPE tailgate info',
    '# HELP tailgate What was compared.',
    `tailgate_info${labelled(info)} 1`,
    ...families.flatMap(family),
    '# EOF',
    '',
  ].join('\n')
}

function family({ name, help, samples }: Family): string[] {
  // A set of labels may stand only once.
  const lines = new Map<string, number>()
  for (const [labels, value] of samples)
    if (value !== null && Number.isFinite(value)) lines.set(labelled(labels), value)
  if (lines.size === 0) return []
  return [
    `# TYPE ${name} gauge`,
    `# HELP ${name} ${help}`,
    ...[...lines].map(([labels, value]) => `${name}${labels} ${value}`),
  ]
}

function labelsOf({ benchmark, metric, statistic, unit }: Comparison): Labels {
  return { benchmark, metric, statistic, unit }
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const escaped = plain(value, 500).replaceAll('\\', '\\\\').replaceAll('"', '\\"')
    return `${name}="${escaped}"`
  })
  return `{${pairs.join(',')}}`
}
