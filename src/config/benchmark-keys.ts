/** The keys of a benchmark. */
import * as z from 'zod/mini'
import { DEFAULTS } from './defaults.ts'
import { faults } from './fault-keys.ts'
import { docs, keys, listOf, text } from './field.ts'
import { load, loadExample, sweep } from './load-keys.ts'
import { budgets, duration, env, name, profile, relative, statistics, threshold } from './values.ts'
import { alerts, polls } from './watch-keys.ts'

/** All but its name: what a suite may set. */
export const measured = {
  run: z.exactOptional(
    text('a command line', 'node bench/json.mjs').register(docs, {
      description:
        'What to execute once a round on each side: a `sh -c` line in the folder of the config file. This or `load`. It is told `TAILGATE_SIDE` (`base` or `head`), `TAILGATE_ROUND` (from 0, where messages for people count from 1; a warm-up is a rehearsal of the next round, with `TAILGATE_WARMUP=1`) and `TAILGATE_OUTPUT` (a file for results, in the place of what it prints).',
      examples: ['node bench/json.mjs', 'go test -bench=. -count=1 ./...'],
    }),
  ),
  load: z.exactOptional(
    keys(load, 'a load', loadExample).register(docs, {
      description: 'HTTP requests that Tailgate makes itself, instead of `run`.',
      examples: [{ url: 'http://127.0.0.1:${PORT}/checkout', connections: 50, duration: '30s' }],
    }),
  ),
  service: z.exactOptional(
    z
      .union([text('a service', 'api'), listOf(text('a service', 'api'), 'services', '[api]', 1)])
      .register(docs, {
        description:
          'The service under test, or several: started with all that it depends on, and its processor time, memory, threads, files and connections measured meanwhile.',
        examples: ['api', ['api', 'worker']],
      }),
  ),
  sweep,
  faults,
  polls,
  alerts,
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
  profile: profile('For this benchmark: see `profile` at the top of the file, which is the default.'),
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

export const benchmarkExample = '{ name: json, run: node bench/json.mjs }'

export const benchmark = keys(
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
