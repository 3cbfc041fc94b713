/** The keys that may stand at the top of a config, in a suite and under a branch pattern. */
import * as z from 'zod/mini'
import { UserError } from '../core/errors.ts'
import { CATEGORIES } from '../core/readiness.ts'
import { DEFAULTS } from './defaults.ts'
import { docs, expected, keys, listOf, namesTo, oneOf, parsed, REMEDY, text, whole } from './field.ts'
import { PATTERNS, parsePercentage } from './figures.ts'
import { budgets, duration, env, profile, relative, statistics, threshold } from './values.ts'

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

export const settings = {
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
      pattern: PATTERNS.percentage,
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
  profile: profile(
    'Run what is confirmed to be regressed once more on both sides under a profiler, and report which functions grew: `--cpu-prof` and `--heap-prof` of Node.js, of the service under test or else of the script; `perf record` for what is not Node.js, where there is one. Needs a base that is measured here.',
    DEFAULTS.profile,
  ),
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
  readiness: z.exactOptional(
    keys(
      {
        weights: z.exactOptional(
          namesTo(
            z.number(expected('a number', '30')).check(z.minimum(0), z.maximum(1000)),
            'weights by category',
            '{ resilience: 40 }',
          )
            .check((payload) => {
              for (const name of Object.keys(payload.value))
                if (!Object.hasOwn(CATEGORIES, name))
                  payload.issues.push({
                    code: 'custom',
                    message: `"${name}" is not a category${REMEDY}write one of ${Object.keys(CATEGORIES).join(', ')}`,
                    input: name,
                    path: [name],
                  })
            })
            .register(docs, {
              description: `What each category counts: ${Object.entries(CATEGORIES)
                .map(([name, { weight }]) => `\`${name}\` (${weight})`)
                .join(
                  ', ',
                )}. One whose weight is stated and that has no check counts as not ready; 0 leaves it out.`,
              examples: [{ resilience: 40, performance: 30 }],
            }),
        ),
        least: z.exactOptional(
          whole(0, 100, '90').register(docs, {
            description: 'A budget on the score.',
            examples: [90],
          }),
        ),
      },
      'a map of weights and least',
      '{ least: 90 }',
    ).register(docs, {
      description:
        'A score out of 100 with a checklist, computed from budgets, faults, alerts and comparisons; what could not be told counts as not ready. `{}` asks for it with the default weights.',
      examples: [{ least: 90 }],
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
