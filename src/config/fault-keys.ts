/** The keys of a fault. */
import * as z from 'zod/mini'
import { UserError } from '../core/errors.ts'
import { tidy } from '../core/unit.ts'
import { docs, expected, keys, listOf, parsed, REMEDY, text } from './field.ts'
import { parsePercentage } from './figures.ts'
import { duration, name, plainDuration, relative } from './values.ts'

/** What a fault is: one of these a fault. */
export const FAULT_KEYS = ['kill', 'pause', 'cpu', 'memory', 'network', 'disk-full', 'inject'] as const

const SIZE = /^(\d+(?:\.\d+)?|\.\d+)\s*([kMGT]i?B|B)$/

function parseSize(value: string): number {
  const [, digits, unit] = SIZE.exec(value.trim()) ?? []
  if (digits === undefined || unit === undefined)
    throw new UserError(`"${value}" is not an amount of bytes`, { remedy: 'write 100MB' })
  return tidy(Number(digits), unit).value
}

const size = (what: string, example: string, parse: (value: string) => number) =>
  parsed({ what, example, parse })

const service = (description: string) =>
  z.exactOptional(text('a service', 'db').register(docs, { description, examples: ['db'] }))

const yes = (description: string) =>
  z.exactOptional(z.literal(true, expected('true', 'true')).register(docs, { description }))

const line = (description: string, example: string) =>
  z.exactOptional(text('a command line', example).register(docs, { description, examples: [example] }))

const fault = keys(
  {
    name: name().register(docs, {
      description: 'Its results are `<benchmark>/<name>`.',
      examples: ['database restart'],
    }),
    after: plainDuration().register(docs, {
      description: 'When it is injected, from the beginning of the measured time.',
      examples: ['10s'],
    }),
    for: duration('When it is healed again. Only with `process` there is nothing to heal, and no `for`.'),
    kill: service('SIGKILL to all processes of a service; healed by starting it again.'),
    process: z.exactOptional(
      text('a part of a command line', 'worker.js').register(docs, {
        description:
          '`kill`: only those of its processes that have this text in their command line, never its first one: its own supervisor is to start them again.',
        examples: ['worker.js'],
      }),
    ),
    pause: service('SIGSTOP to all processes of a service; healed by SIGCONT.'),
    cpu: service('The processes of a service run for `limit` of the time only.'),
    memory: service(
      'Each process of a service may have `limit` of memory for its data; what it asks for beyond fails. Linux with `prlimit`.',
    ),
    limit: z.exactOptional(
      parsed({
        what: 'a limit',
        example: '20%, or 100MB',
        parse: (value) =>
          value.trim().endsWith('%')
            ? { unit: 'ratio' as const, value: parsePercentage(value) }
            : { unit: 'B' as const, value: parseSize(value) },
      }).register(docs, {
        description: 'For `cpu` a percentage, for `memory` bytes.',
        examples: ['20%', '100MB'],
      }),
    ),
    network: service(
      'The weather between a service and all that reach it by the port that Tailgate tells them: a proxy stands there.',
    ),
    latency: duration('`network`: added to each exchange.'),
    jitter: duration('`network`: up to so much more, at random.'),
    bandwidth: z.exactOptional(
      size('a bandwidth', '100kB/s', (value) => parseSize(value.replace(/\s*\/\s*s$/, ''))).register(docs, {
        description: '`network`: bytes a second, each way.',
        examples: ['100kB/s'],
      }),
    ),
    reset: yes('`network`: connections are reset, those that are open and those that come.'),
    partition: yes('`network`: nothing gets through, and nobody is told.'),
    'slow-close': duration('`network`: the end of a connection is held back.'),
    'disk-full': z.exactOptional(
      relative('a folder', 'data').register(docs, {
        description:
          'A folder whose file system is filled. It must be a file system of its own, such as a small tmpfs, with at most 2 GiB free.',
        examples: ['data'],
      }),
    ),
    leave: z.exactOptional(
      size('an amount', '1MB', parseSize).register(docs, {
        description: '`disk-full`: so much is left free.',
        default: '0B',
        examples: ['1MB'],
      }),
    ),
    inject: line('A `sh -c` line that does it; `heal` undoes it.', 'docker pause db'),
    heal: line('Run when the time is over, and on any way out.', 'docker unpause db'),
    'recover-within': duration('A budget on `recovery`, the time from the injection until all is as before.'),
    verify: line(
      'Run after the load: the last line of its output that is a whole number is how many records are lost (`data_loss`), an exit code other than 0 at least one. `data_loss == 0` is then a budget. `TAILGATE_ANSWERED` is how many requests were answered as expected.',
      'node verify.js',
    ),
    poll: z.exactOptional(
      text('the name of a poll', 'health').register(docs, {
        description:
          'Beside a script (`run`), whose answers only it sees: the poll from which recovery is told. Default: the only one there is.',
        examples: ['health'],
      }),
    ),
    window: duration(
      'Over which errors and p99 must be as before. Default: 1s; a tenth of loads that are shorter than 10s; five answers of a poll that is asked less often.',
    ),
    tolerance: z.exactOptional(
      parsed({ what: 'a percentage', example: '100%', parse: parsePercentage }).register(docs, {
        description: 'By how much p99 may lie above that before the fault and count as recovered.',
        default: '100%',
        examples: ['100%'],
      }),
    ),
  },
  'a fault',
  '{ name: database restart, after: 10s, kill: db, for: 2s }',
).check((payload) => {
  const { value } = payload
  const told = FAULT_KEYS.filter((key) => value[key] !== undefined)
  const [kind] = told
  const stray = STRAY.find(
    ([key, of]) => value[key] !== undefined && (kind === undefined || !of.includes(kind)),
  )
  const message =
    told.length !== 1
      ? `expected one of ${FAULT_KEYS.join(', ')}${REMEDY}write for example kill: db`
      : stray !== undefined
        ? `\`${stray[0]}\` is for ${stray[1].join(' and ')}${REMEDY}remove it`
        : value.for === undefined && value.process === undefined
          ? `expected a duration in \`for\`, such as 2s, not nothing${REMEDY}write for: 2s`
          : value.for !== undefined && value.process !== undefined
            ? `a process that is killed is not healed but started again by its own supervisor${REMEDY}remove \`for\``
            : kind === 'cpu' &&
                !(value.limit?.unit === 'ratio' && value.limit.value > 0 && value.limit.value < 1)
              ? `\`cpu\` needs a limit between 0% and 100%${REMEDY}write limit: 20%`
              : kind === 'memory' && value.limit?.unit !== 'B'
                ? `\`memory\` needs a limit in bytes${REMEDY}write limit: 100MB`
                : kind === 'network' && WEATHER.every((key) => value[key] === undefined)
                  ? `\`network\` needs one of ${WEATHER.join(', ')}${REMEDY}write for example latency: 200ms`
                  : (value.inject === undefined) !== (value.heal === undefined)
                    ? `\`inject\` needs \`heal\`${REMEDY}write heal: the line that undoes it`
                    : undefined
  if (message !== undefined) payload.issues.push({ code: 'custom', message, input: value })
})

const WEATHER = ['latency', 'jitter', 'bandwidth', 'reset', 'partition', 'slow-close'] as const
const STRAY = [
  ...WEATHER.map((key) => [key, ['network']] as const),
  ['limit', ['cpu', 'memory']],
  ['process', ['kill']],
  ['leave', ['disk-full']],
  ['heal', ['inject']],
] as const satisfies readonly (readonly [
  string,
  readonly (typeof FAULT_KEYS)[number][],
])[] as readonly (readonly [
  (typeof WEATHER)[number] | 'limit' | 'process' | 'leave' | 'heal',
  readonly string[],
])[]

export const faults = z.exactOptional(
  listOf(fault, 'a list of faults', '[{ name: restart, after: 10s, kill: db, for: 2s }]', 1).register(docs, {
    description:
      'Disturbances at times within the load or the script: `recovery`, `recovered`, `detect`, `fault_errors` and `data_loss` of each. One that does not recover breaches the budget `recovered == 100%`, which each has.',
    examples: [
      [
        {
          name: 'database restart',
          after: '10s',
          kill: 'db',
          for: '2s',
          'recover-within': '5s',
          verify: 'node verify.js',
        },
      ],
    ],
  }),
)
