/** The config file: every key, what it may hold, what it means. Types, editors' schema and reference page are made of it. */
import * as z from 'zod/mini'
import { benchmark, benchmarkExample, measured } from './benchmark-keys.ts'
import { docs, keys, listOf, namesTo, text } from './field.ts'
import { service } from './service-keys.ts'
import { settings } from './settings-keys.ts'

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
    services: z.exactOptional(
      namesTo(service, 'services by name', '{ api: { start: node server.js } }').register(docs, {
        description: 'Long-running processes that benchmarks use.',
        examples: [{ api: { start: 'node server.js', ready: 'http://127.0.0.1:${PORT}/health' } }],
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
export type Settings = Omit<Config, 'branches' | 'services' | 'benchmarks' | 'suites'>
export type Measured = Omit<Benchmark, 'name'>
