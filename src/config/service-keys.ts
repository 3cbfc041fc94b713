/** The keys of a service. */
import * as z from 'zod/mini'
import { DEFAULTS } from './defaults.ts'
import { docs, expected, keys, listOf, REMEDY, text, whole } from './field.ts'
import { duration, env, variableName } from './values.ts'

const line = (what: string) => text('a command line', what)

const readyMap = keys(
  {
    url: z.exactOptional(
      text('a URL', '"http://127.0.0.1:${PORT}/health"').register(docs, {
        description: 'Ready once it answers.',
        examples: ['http://127.0.0.1:${PORT}/health'],
      }),
    ),
    status: z.exactOptional(
      whole(100, 599, '200').register(docs, { description: 'Which answer; default: 200 to 399.' }),
    ),
    port: z.exactOptional(
      z
        .union([whole(1, 65_535, '5432'), text('a port', '"${PORT}"')], expected('a port', '5432'))
        .register(docs, { description: 'Ready once it accepts connections.', examples: ['${PORT}', 5432] }),
    ),
    log: z.exactOptional(
      text('a text', '"listening on"').register(docs, {
        description: 'Ready once it has printed this.',
        examples: ['listening on'],
      }),
    ),
    command: z.exactOptional(
      line('pg_isready -p $PORT').register(docs, {
        description: 'Ready once this `sh -c` line exits with 0.',
        examples: ['pg_isready -p $PORT'],
      }),
    ),
    within: duration('How long it may take.', DEFAULTS.within),
  },
  'one of url, port, log and command',
  '{ log: "listening on" }',
).check((payload) => {
  const { url, port, log, command, status } = payload.value
  const told = [url, port, log, command].filter((one) => one !== undefined).length
  const message =
    told !== 1
      ? `expected one of url, port, log and command${REMEDY}write for example { log: "listening on" }`
      : status !== undefined && url === undefined
        ? `\`status\` is for \`url\`${REMEDY}remove it`
        : undefined
  if (message !== undefined) payload.issues.push({ code: 'custom', message, input: payload.value })
})

const READY = '"http://127.0.0.1:${PORT}/health", or a map such as { log: "listening on" }'

const ready = z.exactOptional(
  z
    .union(
      [
        text('a URL', READY).check((payload) => {
          if (!/^https?:\/\//.test(payload.value))
            payload.issues.push({
              code: 'custom',
              message: `"${payload.value.slice(0, 60)}" is not a URL${REMEDY}write ${READY}`,
              input: payload.value,
            })
        }),
        readyMap,
      ],
      expected('how it shows that it is ready', READY),
    )
    .register(docs, {
      description:
        'When it may be used: a URL that answers, or a map with one of `url`, `port`, `log`, `command`, and `within`. Default: its `PORT` accepts connections.',
      examples: ['http://127.0.0.1:${PORT}/health', { log: 'listening on', within: '10s' }],
    }),
)

export const service = keys(
  {
    start: line('node server.js').register(docs, {
      description:
        'A `sh -c` line in the folder of the config file that goes on until it is ended, with all its processes.',
      examples: ['node server.js'],
    }),
    ready,
    env: env('Added to its environment.'),
    'depends-on': z.exactOptional(
      z.union([text('a service', 'db'), listOf(text('a service', 'db'), 'services', '[db]')]).register(docs, {
        description: 'Services that must be ready before it starts, and that stop after it.',
        examples: ['db', ['db', 'cache']],
      }),
    ),
    ports: z.exactOptional(
      listOf(variableName(), 'names of variables', '[PORT, ADMIN_PORT]').register(docs, {
        description:
          'Variables of its environment that get a free port each, different on base and head, unless `env` sets them. Others find them with its name before: `API_PORT`, `API_ADMIN_PORT`.',
        default: DEFAULTS.ports,
        examples: [['PORT', 'ADMIN_PORT']],
      }),
    ),
    keep: z.exactOptional(
      z.boolean(expected('true or false', 'true')).register(docs, {
        description:
          'Start it once a side instead of for each execution. What one round leaves behind in it the next one finds.',
        default: false,
      }),
    ),
    stop: z.exactOptional(
      line('./stop.sh').register(docs, {
        description: 'A `sh -c` line that asks it to stop. Default: SIGTERM to all its processes.',
        examples: ['docker compose down'],
      }),
    ),
    grace: duration('How long it may take to stop before it is killed.', DEFAULTS.grace),
  },
  'a service',
  '{ start: node server.js, ready: "http://127.0.0.1:${PORT}/health" }',
)
