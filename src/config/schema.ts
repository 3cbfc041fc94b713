/** The config file: every key, what it may hold, what it means. Types, editors' schema and reference page are made of it. */
import * as z from 'zod/mini'
import { parseBudget } from '../core/budget-expression.ts'
import { UserError } from '../core/errors.ts'
import type { Thresholds } from '../core/plan.ts'
import { DEFAULTS } from './defaults.ts'
import { docs, expected, keys, listOf, namesTo, oneOf, parsed, REMEDY, text, whole } from './field.ts'
import {
  bareThreshold,
  parseDuration,
  parsePercentage,
  parseStatistic,
  parseThreshold,
  parseThresholdKey,
} from './figures.ts'

/** A single value stands for all and replaces what was there; a map adds to it, key by key. */
export interface ToldThresholds {
  readonly replaces: boolean
  readonly thresholds: Thresholds
}

const one = () =>
  parsed({
    what: 'a threshold',
    example: '5%',
    parse: (value) => ({ replaces: true, thresholds: { '*': parseThreshold(value) } }) as ToldThresholds,
    bare: bareThreshold,
  })

const several = () =>
  z.pipe(
    namesTo(
      parsed({ what: 'a threshold', example: '5%', parse: parseThreshold, bare: bareThreshold }),
      'a threshold',
      '5%, or a map such as { p99: 10% }',
    ).check((payload) => {
      for (const key of Object.keys(payload.value)) {
        try {
          parseThresholdKey(key)
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          const message = `${error.message}${REMEDY}${error.remedy}`
          payload.issues.push({ code: 'custom', message, input: key, path: [key] })
        }
      }
    }),
    z.transform((map): ToldThresholds => {
      const entries = Object.entries(map).map(
        ([key, threshold]) => [parseThresholdKey(key), threshold] as const,
      )
      return { replaces: false, thresholds: Object.fromEntries(entries) }
    }),
  )

const threshold = (description: string, standard?: string) =>
  z.exactOptional(
    z.union([one(), several()], expected('a threshold', '5%, or a map such as { p99: 10% }')).register(docs, {
      description,
      ...(standard === undefined ? {} : { default: standard }),
      examples: ['5%', '10ms', { p99: '10%', throughput: '3%', 'memory.peak': '5MB', error_rate: '0.5%' }],
    }),
  )

const statistics = (description: string, standard?: readonly string[]) =>
  z.exactOptional(
    listOf(
      parsed({ what: 'a statistic', example: 'p99', parse: parseStatistic }),
      'a list of statistics',
      '[p50, p95, p99]',
      1,
    ).register(docs, {
      description,
      ...(standard === undefined ? {} : { default: standard }),
      examples: [['p50', 'p95', 'p99'], ['mean']],
    }),
  )

const budgets = () =>
  z.exactOptional(
    listOf(
      parsed({ what: 'a budget', example: '"p(95) < 35ms"', parse: parseBudget }),
      'a list of budgets',
      '["p(95) < 35ms"]',
    ).register(docs, {
      description:
        'Absolute limits on head, in the syntax of k6 thresholds: a statistic or a metric, an operator, a figure with its unit (none is milliseconds).',
      examples: [
        ['p(95) < 35ms', 'mean < 50ms', 'error_rate < 0.1%', 'throughput > 10k/s', 'memory.growth < 100MB'],
      ],
    }),
  )

const bareDuration = (value: number) =>
  new UserError(`${value} is not a duration: its unit is missing`, { remedy: `write ${value}s` })

const duration = (description: string, standard: string) =>
  z.exactOptional(
    parsed({ what: 'a duration', example: '10m', parse: parseDuration, bare: bareDuration }).register(docs, {
      description,
      default: standard,
      examples: ['500ms', '90s', '10m', '1h30m'],
    }),
  )

const name = () =>
  text('a name', 'json').check((payload) => {
    if (
      /[\n\r\t]/.test(payload.value) ||
      payload.value.length > 200 ||
      payload.value !== payload.value.trim()
    )
      payload.issues.push({
        code: 'custom',
        message: 'a name is one line of at most 200 characters without spaces around it',
        input: payload.value,
      })
  })

/** A path that both checkouts have: one outside them would be shared by base and head. */
const relative = (what: string, example: string) =>
  text(what, example).check((payload) => {
    if (/^(?:[/\\~]|[A-Za-z]:)/.test(payload.value))
      payload.issues.push({
        code: 'custom',
        message: `"${payload.value}" is not relative to the folder of the config${REMEDY}write ${example}`,
        input: payload.value,
      })
  })

const OWN = new Set(['TAILGATE_SIDE', 'TAILGATE_ROUND', 'TAILGATE_OUTPUT'])

const env = (description: string) =>
  z.exactOptional(
    namesTo(
      z.pipe(
        z.union([z.string(), z.number(), z.boolean()], expected('a text', '"production"')),
        z.transform((value) => String(value)),
      ),
      'environment variables',
      '{ NODE_ENV: production }',
    )
      .check((payload) => {
        for (const key of Object.keys(payload.value)) {
          const message = OWN.has(key)
            ? `${key} is set by Tailgate itself${REMEDY}remove it`
            : /^[A-Za-z_]\w*$/.test(key)
              ? undefined
              : `"${key}" is not the name of an environment variable${REMEDY}write letters, digits and _`
          if (message !== undefined) payload.issues.push({ code: 'custom', message, input: key, path: [key] })
        }
      })
      .register(docs, { description, examples: [{ NODE_ENV: 'production' }] }),
  )

const measured = {
  run: text('a command line', 'node bench/json.mjs').register(docs, {
    description:
      'What to execute once a round on each side: a `sh -c` line in the folder of the config file.',
    examples: ['node bench/json.mjs', 'go test -bench=. -count=1 ./...'],
  }),
  format: z.exactOptional(
    text('the name of a format', 'auto').register(docs, {
      description: 'Which tool wrote the output; `auto` finds it by content.',
      default: DEFAULTS.format,
      examples: ['auto', 'hyperfine', 'k6', 'samples'],
    }),
  ),
  output: z.exactOptional(
    relative('a file', 'bench/out.json').register(docs, {
      description:
        'A file that the script writes, relative to the folder of the config file. Default: what it prints.',
      examples: ['bench/out.json'],
    }),
  ),
  timeout: duration(
    'How long one execution may take before its whole process tree is ended.',
    DEFAULTS.timeout,
  ),
  env: env('Added to the environment of the script.'),
  statistics: statistics('Statistics of latency to judge for this benchmark. Default: those of the config.'),
  threshold: threshold(
    'What this benchmark tolerates: one value for all, or a map by statistic (`p99`) and metric (`throughput`).',
  ),
  budgets: budgets(),
}

const benchmarkExample = '{ name: json, run: node bench/json.mjs }'

const benchmark = keys(
  {
    name: name().register(docs, {
      description: 'What it is called in reports; no other may have the same name.',
      examples: ['json'],
    }),
    ...measured,
  },
  'a benchmark',
  benchmarkExample,
)

const override = keys(
  {
    match: text('a pattern', '"json/hash*"').register(docs, {
      description: 'The full names that it is for; `*` stands for any characters.',
      examples: ['json/hash*'],
    }),
    threshold: threshold('What these tolerate.'),
    statistics: statistics('Statistics of latency to judge for these.'),
    budgets: budgets(),
  },
  'an override',
  '{ match: "json/hash*", threshold: 10% }',
)

const side = (description: string) =>
  z.exactOptional(
    keys({ env: env('The environment of this side.') }, 'a side', '{ env: { FAST: 1 } }').register(docs, {
      description,
    }),
  )

/** Keys that may stand at the top, in a suite and under a branch pattern. */
const settings = {
  threshold: threshold(
    'The change for the worse that is tolerated: one value for all, or a map by statistic (`p99`), metric (`throughput`) or `*`. For shares such as `error_rate` a percentage means percentage points; they tolerate 0.1 unless named.',
    DEFAULTS.threshold,
  ),
  statistics: statistics('Statistics of latency to judge.', DEFAULTS.statistics),
  compare: z.exactOptional(
    oneOf(['auto', 'base', 'history', 'sides', 'none']).register(docs, {
      description:
        'What head is compared with. `base`: the merge base, measured here and now; `history`: stored runs of the default branch; `auto`: base where it can be checked out, else history; `sides`: one checkout under two environments; `none`: nothing, only budgets are judged.',
      default: DEFAULTS.compare,
    }),
  ),
  rounds: z.exactOptional(
    keys(
      {
        min: z.exactOptional(
          whole(1, 1000, '6').register(docs, {
            description: 'Rounds before any decision. With `compare: none` 1 unless told.',
            default: DEFAULTS.rounds.min,
          }),
        ),
        max: z.exactOptional(
          whole(1, 1000, '30').register(docs, {
            description:
              'Rounds at most. No regression can be told in fewer than 9 to 14. With `compare: none` as `min` unless told.',
            default: DEFAULTS.rounds.max,
          }),
        ),
        warmup: z.exactOptional(
          whole(0, 100, '1').register(docs, {
            description:
              'Rounds that are run first and dropped; 0 measures a cold start. With `compare: none` 0 unless told.',
            default: DEFAULTS.rounds.warmup,
          }),
        ),
      },
      'a map of min, max and warmup',
      '{ min: 6, max: 30 }',
    ).register(docs, {
      description: 'How often each benchmark is measured on both sides: as often as the decision needs.',
      examples: [{ min: 6, max: 30 }],
    }),
  ),
  'false-alarms': z.exactOptional(
    parsed({
      what: 'a percentage',
      example: '1%',
      parse: (value) => {
        const share = parsePercentage(value)
        if (share <= 0 || share > 0.5)
          throw new UserError(`"${value}" is not between 0% and 50%`, { remedy: 'write 1%' })
        return share
      },
      bare: (value) =>
        new UserError(`${value} is not a percentage`, {
          remedy: `write ${value < 1 ? value * 100 : value}%`,
        }),
    }).register(docs, {
      description:
        'Of the jobs in which nothing changed, how many may be called a regression, over all that is judged.',
      default: DEFAULTS['false-alarms'],
      examples: ['1%', '0.1%'],
    }),
  ),
  time: duration('For all measuring together; what is undecided then is `inconclusive`.', DEFAULTS.time),
  build: z.exactOptional(
    text('a command line', 'npm ci && npm run build').register(docs, {
      description: 'Run once in each checkout before anything is measured.',
      examples: ['npm ci && npm run build'],
    }),
  ),
  'build-timeout': duration('How long one build may take.', DEFAULTS['build-timeout']),
  carry: z.exactOptional(
    listOf(relative('a path', 'node_modules'), 'a list of paths', '[node_modules]').register(docs, {
      description: 'Paths that git ignores, to link into both checkouts instead of building them.',
      default: DEFAULTS.carry,
      examples: [['node_modules']],
    }),
  ),
  baseline: z.exactOptional(
    keys(
      {
        store: z.exactOptional(
          text('cache, artifact or a folder', 'cache').register(docs, {
            description: 'Where runs of the default branch are kept: `cache`, `artifact`, or a folder.',
            default: DEFAULTS.baseline.store,
            examples: ['cache', 'artifact', '.tailgate'],
          }),
        ),
        branch: z.exactOptional(
          text('a branch', 'main').register(docs, {
            description: 'Whose runs are the baseline. Default: the default branch.',
            examples: ['main'],
          }),
        ),
        keep: z.exactOptional(
          whole(1, 1000, '30').register(docs, {
            description: 'How many runs are kept.',
            default: DEFAULTS.baseline.keep,
          }),
        ),
        release: z.exactOptional(
          z.boolean(expected('true or false', 'true')).register(docs, {
            description: 'Compare with the last release as well.',
            default: DEFAULTS.baseline.release,
          }),
        ),
      },
      'a map of store, branch, keep and release',
      '{ store: cache, keep: 30 }',
    ).register(docs, {
      description: 'Stored runs.',
      examples: [{ store: 'cache', branch: 'main', keep: 30 }],
    }),
  ),
  'fail-on': z.exactOptional(
    listOf(
      oneOf(['regression', 'budget', 'missing', 'error', 'inconclusive', 'no-baseline']),
      'a list of what fails the job',
      '[regression, budget, missing, error]',
    ).register(docs, {
      description:
        'What makes the job fail; the rest is a warning. Also possible: `inconclusive` (could not be told), `no-baseline` (nothing to compare with).',
      default: DEFAULTS['fail-on'],
    }),
  ),
  overrides: z.exactOptional(
    listOf(override, 'a list of overrides', '[{ match: "json/hash*", threshold: 10% }]').register(docs, {
      description: "Settings for names that a tool's output brings: the last that matches wins.",
    }),
  ),
  sides: z.exactOptional(
    keys(
      { base: side('What head is compared with.'), head: side('What is judged.') },
      'a map of base and head',
      '{ base: { env: {} }, head: { env: { FAST: 1 } } }',
    ).register(docs, {
      description: 'For `compare: sides`, which it implies: the environment of each side, in one checkout.',
      examples: [{ base: { env: { ENGINE: 'old' } }, head: { env: { ENGINE: 'new' } } }],
    }),
  ),
}

const suite = keys(
  {
    benchmarks: z.exactOptional(
      listOf(text('a pattern', '"json*"'), 'a list of patterns', '["json*"]', 1).register(docs, {
        description:
          'Which benchmarks belong to it; `*` stands for any characters, `!` before a pattern leaves out. Default: all.',
        examples: [['json*', '!json/slow']],
      }),
    ),
    ...settings,
    set: z.exactOptional(
      namesTo(
        keys(z.exactPartial(z.object(measured)).shape, 'keys of a benchmark', '{ timeout: 10m }'),
        'benchmarks by name',
        '{ json: { timeout: 10m } }',
      ).register(docs, {
        description: 'Keys of single benchmarks, by name.',
        examples: [{ json: { timeout: '10m' } }],
      }),
    ),
  },
  'a suite',
  '{ benchmarks: ["json*"] }',
)

export const config = keys(
  {
    ...settings,
    branches: z.exactOptional(
      namesTo(
        keys(settings, 'settings', '{ threshold: 3% }'),
        'settings by branch pattern',
        '{ "release/*": { threshold: 3% } }',
      ).register(docs, {
        description:
          'Settings for changes to a branch, by pattern as in GitHub workflows; where several match, the later wins. A suite and flags win over them.',
        examples: [{ 'release/*': { threshold: '3%' } }],
      }),
    ),
    benchmarks: listOf(benchmark, 'a list of benchmarks', `[${benchmarkExample}]`, 1).register(docs, {
      description: 'What is measured.',
    }),
    suites: z.exactOptional(
      namesTo(suite, 'suites by name', '{ quick: { benchmarks: ["json*"] } }').register(docs, {
        description: 'Named selections of benchmarks with settings of their own, for `--suite`.',
        examples: [{ quick: { benchmarks: ['json*'], rounds: { max: 16 } } }],
      }),
    ),
  },
  'a map of keys',
  'benchmarks: [{ name: json, run: node bench/json.mjs }]',
)

export type Config = z.infer<typeof config>
export type Benchmark = Config['benchmarks'][number]
export type Suite = NonNullable<Config['suites']>[string]
export type Settings = Omit<Config, 'branches' | 'benchmarks' | 'suites'>
export type Measured = Omit<Benchmark, 'name'>
