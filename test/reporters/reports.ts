/** Reports of every kind that a reporter has to tell, made by hand so that each figure can be seen in the golden files. */
import type { BudgetResult, Comparison, Environment, Report } from '../../src/core/report.ts'

const MACHINE = {
  cpu: 'AMD EPYC 7763',
  cores: 4,
  memory: 16_768_348_160,
  os: 'linux 6.8 x64',
  runtime: 'node v24.1.0',
}

export const ENVIRONMENT: Environment = {
  tool: '0.1.0',
  compare: 'base',
  base: {
    commit: '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d',
    ref: 'main',
    machine: MACHINE,
    source: 'merge base, measured here',
  },
  head: { commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c', machine: MACHINE, source: 'working tree' },
  seed: '4f2a91c07be3d518',
  falseAlarms: 0.01,
  rounds: 12,
  seconds: 412.6,
  reproduce: 'npx tailgate run --base 1a2b3c4 --config tailgate.yml',
}

/** Rounds around a typical value, without chance: the same wave for everything. */
function rounds(typical: number, wobble: number, count = 12): number[] {
  return Array.from({ length: count }, (_, i) => Math.round(typical * (1 + wobble * Math.sin(i * 2.4))))
}

/** A comparison of latency whose head is `change` away from base. */
export function latency(benchmark: string, change: number, told: Partial<Comparison> = {}): Comparison {
  const base = told.base ?? 1_830_000
  const head = told.head ?? base * (1 + change)
  return {
    benchmark,
    metric: 'latency',
    statistic: 'p50',
    unit: 'ns',
    better: 'lower',
    base,
    head,
    change,
    difference: head - base,
    interval: [change - 0.026, change + 0.027],
    confidence: 0.9995,
    threshold: 0.05,
    judgedBy: 'change',
    detectable: 0.031,
    verdict: change >= 0.05 ? 'regressed' : change <= -0.05 ? 'improved' : 'unchanged',
    gating: true,
    rounds: { base: 12, head: 12 },
    series: { base: rounds(base, 0.01), head: rounds(head, 0.012) },
    ...told,
  }
}

/** A scalar by difference: shares and whatever can be zero. */
export function errorRate(
  benchmark: string,
  base: number,
  head: number,
  told: Partial<Comparison> = {},
): Comparison {
  return latency(benchmark, 0, {
    metric: 'error_rate',
    statistic: 'value',
    unit: 'ratio',
    base,
    head,
    change: base > 0 ? head / base - 1 : null,
    difference: head - base,
    interval: [head - base - 0.0004, head - base + 0.0006],
    threshold: 0.001,
    judgedBy: 'difference',
    detectable: 0.0008,
    series: { base: Array(12).fill(base), head: Array(12).fill(head) },
    ...told,
  })
}

export function throughput(benchmark: string, change: number, told: Partial<Comparison> = {}): Comparison {
  return latency(benchmark, change, {
    metric: 'throughput',
    statistic: 'value',
    unit: '1/s',
    better: 'higher',
    base: 5120,
    verdict: change <= -0.05 ? 'regressed' : change >= 0.05 ? 'improved' : 'unchanged',
    ...told,
  })
}

export function budget(told: Partial<BudgetResult> = {}): BudgetResult {
  return {
    benchmark: 'api',
    expression: 'p(99) < 500ms',
    actual: 431_000_000,
    limit: 500_000_000,
    unit: 'ns',
    verdict: 'met',
    ...told,
  }
}

export function report(told: Partial<Report> = {}): Report {
  return {
    schema: 'tailgate-report/1',
    verdict: 'pass',
    failedBy: [],
    comparisons: [],
    budgets: [],
    failures: [],
    distributions: [],
    warnings: [],
    environment: ENVIRONMENT,
    ...told,
  }
}

export function gone(benchmark: string, told: Partial<Comparison> = {}): Comparison {
  return latency(benchmark, 0, {
    head: null,
    change: null,
    difference: null,
    interval: null,
    detectable: null,
    verdict: 'missing',
    rounds: { base: 12, head: 0 },
    series: { base: rounds(1_830_000, 0.01), head: [] },
    ...told,
  })
}

/** p50, p95, p99 of a benchmark that did not change. */
function calm(benchmark: string, base: number): Comparison[] {
  return [
    latency(benchmark, 0.004, { base }),
    latency(benchmark, -0.008, { base: base * 1.6, statistic: 'p95' }),
    latency(benchmark, 0.011, { base: base * 2.2, statistic: 'p99' }),
  ]
}

const QUIET = [
  ...calm('json/parse', 1_830_000),
  ...calm('json/stringify', 940_000),
  ...calm('checkout', 23_400_000),
]

const FIXED = {
  distributions: [
    {
      benchmark: 'json/parse',
      metric: 'latency',
      unit: 'ns',
      base: [
        [0.5, 1_830_000],
        [0.99, 4_026_000],
      ],
      head: [
        [0.5, 1_837_000],
        [0.99, 4_070_000],
      ],
      count: { base: 24_000, head: 24_000 },
    },
  ],
} satisfies Partial<Report>

export const CASES: Readonly<Record<string, Report>> = {
  green: report({ ...FIXED, comparisons: [...QUIET, throughput('checkout', -0.01)], budgets: [budget()] }),

  regression: report({
    ...FIXED,
    verdict: 'fail',
    failedBy: ['regression'],
    comparisons: [
      latency('json/revive', 0.087, { statistic: 'p99' }),
      latency('json/revive', 0.061, { detectable: 0.031, interval: [0.051, null] }),
      throughput('checkout', -0.124),
      errorRate('checkout', 0.0012, 0.0061, { verdict: 'regressed', interval: [0.0032, 0.0066] }),
      latency('startup', -0.183, { base: 143_000_000 }),
      latency('recall', 0.024, {
        verdict: 'inconclusive',
        interval: [-0.041, 0.093],
        detectable: 0.118,
        reason: 'rounds differ by 9 %',
      }),
      latency('memory', 0.09, {
        metric: 'memory.peak',
        statistic: 'value',
        unit: 'B',
        base: 61_200_000,
        gating: false,
      }),
      ...QUIET,
    ],
  }),

  missing: report({
    verdict: 'fail',
    failedBy: ['missing'],
    comparisons: [
      gone('json/stream'),
      gone('json/stream', { statistic: 'p95' }),
      gone('json/stream', { statistic: 'p99' }),
      gone('checkout', {
        metric: 'throughput',
        statistic: 'value',
        unit: '1/s',
        better: 'higher',
        base: 5120,
      }),
      latency('json/pull', 0, {
        base: null,
        change: null,
        difference: null,
        interval: null,
        detectable: null,
        head: 1_910_000,
        verdict: 'new',
        rounds: { base: 0, head: 12 },
        series: { base: [], head: rounds(1_910_000, 0.01) },
      }),
      ...QUIET,
    ],
    failures: [
      {
        benchmark: 'json/stream',
        side: 'head',
        status: 'failed',
        reason: 'TypeError: stream.next is not a function',
      },
    ],
  }),

  inconclusive: report({
    verdict: 'inconclusive',
    comparisons: [
      ...QUIET,
      latency('recall', 0.024, {
        statistic: 'p99',
        verdict: 'inconclusive',
        interval: [-0.041, 0.093],
        detectable: 0.118,
      }),
      latency('recall', 0.04, {
        statistic: 'p99.9',
        verdict: 'inconclusive',
        interval: [null, null],
        detectable: null,
        reason: 'only 3 operations a round are beyond p99.9: at least 20 are needed',
      }),
    ],
  }),

  'no-baseline': report({
    verdict: 'inconclusive',
    comparisons: [
      latency('json/parse', 0, {
        base: null,
        change: null,
        difference: null,
        interval: null,
        detectable: null,
        head: 1_830_000,
        verdict: 'new',
        rounds: { base: 0, head: 3 },
        series: { base: [], head: rounds(1_830_000, 0.01, 3) },
      }),
    ],
    budgets: [budget()],
    warnings: [
      {
        code: 'no-baseline',
        message: 'no run of main on this kind of machine is stored yet; the next push to main stores one',
      },
    ],
    environment: {
      tool: '0.1.0',
      compare: 'history',
      head: ENVIRONMENT.head!,
      falseAlarms: 0.01,
      rounds: 3,
      reproduce: 'npx tailgate run --compare history',
    },
  }),

  error: report({
    verdict: 'error',
    failedBy: ['error', 'regression', 'budget'],
    comparisons: [latency('json/parse', 0.087, { statistic: 'p99' }), ...QUIET.slice(3)],
    budgets: [budget({ actual: null, verdict: 'unknown', reason: 'api was not measured' })],
    failures: [
      {
        benchmark: 'api',
        side: 'head',
        status: 'error',
        reason:
          "round 3: exit code 1\nnode:internal/modules/cjs/loader:1228\n  throw err;\n  ^\n\nError: Cannot find module './router'\n```\nRequire stack:\n- /tmp/tailgate-8f1/head/bench/api.js",
      },
    ],
  }),

  suspicious: report({
    comparisons: [
      ...QUIET,
      latency('api', -0.71, {
        base: 18_300_000,
        reason: 'error_rate rose from 0 % to 43 %: failing fast is not being fast',
      }),
      latency('json/pull', -0.2, { base: 2_100_000 }),
    ],
  }),

  'cannot-fail': report({
    verdict: 'inconclusive',
    comparisons: [
      latency('json/parse', 0.01, { verdict: 'inconclusive', interval: [null, null], detectable: null }),
    ],
    warnings: [
      { code: 'different-commit', message: 'base is 14 commits behind main' },
      { code: 'loosened', benchmark: 'json/parse', message: 'the threshold of p99 is 20 %, was 5 % on base' },
      {
        code: 'cannot-fail',
        message: 'rounds.max is 4: with fewer than 9 rounds no change of any size can be called regressed',
      },
    ],
  }),

  budgets: report({
    verdict: 'fail',
    failedBy: ['budget'],
    comparisons: [...QUIET],
    budgets: [
      budget({ actual: 612_000_000, verdict: 'breached' }),
      budget({ expression: 'error_rate < 0.1%', actual: 0.0004, limit: 0.001, unit: 'ratio' }),
      budget({
        benchmark: 'checkout',
        expression: 'throughput > 10k/s',
        actual: 8_240,
        limit: 10_000,
        unit: '1/s',
        verdict: 'breached',
      }),
      budget({
        benchmark: 'checkout',
        expression: 'memory.growth < 100MB',
        actual: null,
        limit: 100_000_000,
        unit: 'B',
        verdict: 'unknown',
        reason: 'memory was not sampled: no process of the service was found',
      }),
    ],
  }),

  'left-out': report({
    verdict: 'pass',
    comparisons: [latency('json/revive', 0.087, { statistic: 'p99' }), ...QUIET],
    warnings: [
      { code: 'tolerated', message: '1 × regression does not fail this gate: fail-on leaves it out' },
    ],
  }),

  'none-compared': report({
    budgets: [budget(), budget({ expression: 'p(95) < 300ms', actual: 120_000_000, limit: 300_000_000 })],
    environment: { tool: '0.1.0', compare: 'none', head: ENVIRONMENT.head!, falseAlarms: 0.01, rounds: 1 },
  }),

  hostile: report({
    verdict: 'fail',
    failedBy: ['regression', 'missing', 'budget'],
    comparisons: [
      latency('<img src=x onerror=alert(1)>', 0.3),
      latency('a|b\nc | d', 0.29, { statistic: 'p99' }),
      latency('@octocat fixes #1 GH-2 owner/repo#3', 0.28),
      latency('[click](https://evil.example) ![](http://evil.example/x.png)', 0.27),
      latency('www.evil.example `code` **bold** _it_ ~~no~~ :tada: $x$', 0.26),
      latency('--> <!-- marker --> </details></code>', 0.25),
      latency('evil\u202egnp.exe\u200b\u0007\u001b[31mred\u001b[0m', 0.24),
      latency('x'.repeat(500), 0.23),
      latency('me@evil.example', 0.22, { metric: '<b>@team</b>', unit: '|@unit|' }),
      gone('```\n# heading'),
      latency('日本語のベンチマーク 🚀', 0.012),
    ],
    budgets: [
      budget({
        benchmark: '</code>@x',
        expression: 'p(99) < 500ms | @y',
        actual: 612_000_000,
        verdict: 'breached',
      }),
    ],
    failures: [{ benchmark: '@z', status: 'failed', reason: '</details>\n````\n@everyone\n```\n::error::x' }],
    warnings: [{ code: 'loosened', message: '[x](javascript:alert(1)) @admin <script>' }],
    environment: { ...ENVIRONMENT, seed: '<seed>', reproduce: 'npx tailgate run\n```\n<b>@q</b>' },
  }),
}
