/** The keys of built-in HTTP load, and of a sweep. */
import * as z from 'zod/mini'
import { LOAD_PROFILES, PLAIN_LOAD } from '../core/load-plan.ts'
import { docs, expected, keys, listOf, namesTo, REMEDY, text, whole } from './field.ts'
import { duration, name, plainDuration } from './values.ts'

/** As Node's own client knows them, without those that make no sense as load. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

const url = (description: string) =>
  z.exactOptional(
    text('a URL', '"http://127.0.0.1:${PORT}/"')
      .check((payload) => {
        if (!/^https?:\/\/[^/]/.test(payload.value))
          payload.issues.push({
            code: 'custom',
            message: `"${payload.value.slice(0, 60)}" is not a URL${REMEDY}write "http://127.0.0.1:\${PORT}/"`,
            input: payload.value,
          })
      })
      .register(docs, { description, examples: ['http://127.0.0.1:${PORT}/checkout'] }),
  )

const statusCode = () => whole(100, 599, '200')

/** What every request of a mix may have of its own. */
const request = {
  method: z.exactOptional(
    z
      .enum(METHODS, { error: () => `expected one of ${METHODS.join(', ')}` })
      .register(docs, { description: 'Of the request.', default: 'GET' }),
  ),
  headers: z.exactOptional(
    namesTo(z.string(expected('a text', '"application/json"')), 'headers by name', '{ accept: text/html }')
      .check((payload) => {
        for (const [key, value] of Object.entries(payload.value))
          if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(key) || /[\r\n\0]/.test(value))
            payload.issues.push({
              code: 'custom',
              message: `"${key}" is not a header of one line`,
              input: key,
              path: [key],
            })
      })
      .register(docs, {
        description: 'Sent along.',
        examples: [{ 'content-type': 'application/json', authorization: 'Bearer ${TOKEN}' }],
      }),
  ),
  body: z.exactOptional(
    z
      .string(expected('a text', `'{"id": 1}'`))
      .check(z.maxLength(1_000_000))
      .register(docs, { description: 'Sent along; one per request.', examples: ['{"id": 1}'] }),
  ),
  status: z.exactOptional(
    z
      .union(
        [statusCode(), listOf(statusCode(), 'statuses', '[200, 429]', 1)],
        expected('a status', '200 or [200, 429]'),
      )
      .register(docs, {
        description: 'What is no error; any other answer counts in `error_rate`. Default: 200 to 399.',
        examples: [200, [200, 429]],
      }),
  ),
}

const oneOfMix = keys(
  {
    name: name().register(docs, {
      description: 'Reported apart as `<benchmark>/<name>`.',
      examples: ['read'],
    }),
    weight: z.exactOptional(
      whole(1, 1000, '5').register(docs, {
        description: 'How often it comes, relative to the others.',
        default: 1,
      }),
    ),
    url: url('Where it goes. Default: that of the load.'),
    path: z.exactOptional(
      text('a path', '/items/1').register(docs, {
        description: 'Where it goes on the host of the load’s `url`.',
        examples: ['/items/1'],
      }),
    ),
    ...request,
  },
  'a request',
  '{ name: read, weight: 25, path: /items/1 }',
)

/** Every key may be left out here: a suite sets single ones. */
export const load = {
  url: url('Where requests go. `${PORT}` is the port of the service under test.'),
  profile: z.exactOptional(
    z
      .enum(Object.keys(LOAD_PROFILES) as [string, ...string[]], {
        error: () => `expected one of ${Object.keys(LOAD_PROFILES).join(', ')}`,
      })
      .register(docs, {
        description: `A load level: ${Object.entries(LOAD_PROFILES)
          .map(([key, { says, duration }]) => `\`${key}\` (${says}; ${duration})`)
          .join(', ')}. Its figures are defaults: other keys go before them.`,
        examples: ['spike'],
      }),
  ),
  connections: z.exactOptional(
    whole(1, 100_000, '50').register(docs, {
      description: `How many clients send at the same time, each one request at a time. Default: the profile’s, else ${PLAIN_LOAD.connections}.`,
      examples: [50],
    }),
  ),
  rate: z.exactOptional(
    whole(1, 10_000_000, '1000').register(docs, {
      description:
        'Requests a second, whatever the answers take (open loop): what has to wait for a free connection is counted from when it was due. Default: each client sends its next request when it has its answer (closed loop).',
      examples: [1000],
    }),
  ),
  duration: duration(`How long is measured. Default: the profile’s, else ${PLAIN_LOAD.duration}.`),
  warmup: z.exactOptional(
    z.union([z.literal(0), plainDuration()], expected('a duration', '2s, or 0')).register(docs, {
      description: `How long the same traffic goes on before that; nothing of it is kept. Default: the profile’s, else ${PLAIN_LOAD.warmup}.`,
      examples: ['2s', 0],
    }),
  ),
  timeout: duration('How long an answer may take before it counts as an error.', PLAIN_LOAD.timeout),
  requests: z.exactOptional(
    listOf(oneOfMix, 'a list of requests', '[{ name: read, path: /items/1 }]', 1).register(docs, {
      description: 'A mix of several kinds of request, each reported apart.',
      examples: [
        [
          { name: 'read', weight: 25, path: '/items/1' },
          { name: 'write', weight: 5, method: 'POST', path: '/items' },
        ],
      ],
    }),
  ),
  ...request,
}

export const loadExample = '{ url: "http://127.0.0.1:${PORT}/", connections: 50, duration: 30s }'

export const sweep = z.exactOptional(
  namesTo(
    listOf(
      z.union(
        [
          z.number(expected('a number', '5')),
          z.string(expected('a text', 'small')).check(z.regex(/^[^\s\]=,/]{1,60}$/)),
        ],
        expected('a number or a word', '5'),
      ),
      'values',
      '[1, 5, 10, 20]',
      1,
    ),
    'one parameter with its values',
    '{ connections: [1, 5, 10, 20] }',
  )
    .check((payload) => {
      const entries = Object.entries(payload.value)
      const [key, values] = entries[0] ?? ['', []]
      const problem =
        entries.length !== 1
          ? 'a sweep is over one parameter'
          : !/^[A-Za-z_]\w{0,60}$/.test(key)
            ? `"${key}" is not the name of a variable`
            : new Set(values.map(String)).size < Math.max(2, values.length)
              ? 'a sweep needs at least two values, all different'
              : (key === 'connections' || key === 'rate') &&
                  values.some((value) => !Number.isInteger(value) || Number(value) < 1)
                ? `${key} is a whole number from 1`
                : undefined
      if (problem !== undefined)
        payload.issues.push({
          code: 'custom',
          message: `${problem}${REMEDY}write { connections: [1, 5, 10, 20] }`,
          input: payload.value,
        })
    })
    .register(docs, {
      description:
        'Each execution goes through all values of one parameter, reported as `<benchmark>[connections=5]`. `connections` and `rate` are the load’s; any name is a variable: in the environment of a script, and as `${name}` in texts of the load. Tells `slowdown(p95)` and, over `connections`, `users`, `workers`, `clients`, `threads` or `concurrency`, `scalability.contention`, `.coherency`, `.peak` and `.knee`.',
      examples: [{ connections: [1, 5, 10, 20] }],
    }),
)
