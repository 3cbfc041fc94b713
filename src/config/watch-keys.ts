/** The keys of polls and alerts. */
import * as z from 'zod/mini'
import { DEFAULTS } from './defaults.ts'
import { docs, expected, keys, listOf, oneOf, REMEDY, text, whole } from './field.ts'
import { duration, name } from './values.ts'

const statusCode = () => whole(100, 599, '200')

const ask = {
  url: z.exactOptional(
    text('a URL', '"http://127.0.0.1:${PORT}/health"').register(docs, {
      description: 'Asked by GET: yes is a status from 200 to 399.',
      examples: ['http://127.0.0.1:${PORT}/health'],
    }),
  ),
  status: z.exactOptional(
    z
      .union([statusCode(), listOf(statusCode(), 'statuses', '[200, 204]', 1)], expected('a status', '200'))
      .register(docs, { description: 'Which answers mean yes. Default: 200 to 399.', examples: [200] }),
  ),
  contains: z.exactOptional(
    text('a text', 'firing').register(docs, {
      description: 'What the answer must have in it to mean yes.',
      examples: ['HighErrorRate'],
    }),
  ),
  command: z.exactOptional(
    text('a command line', 'sh check.sh').register(docs, {
      description: 'Instead of a URL: a `sh -c` line, whose exit code 0 means yes.',
      examples: ['sh check.sh'],
    }),
  ),
  every: duration('Between two questions.', DEFAULTS.every),
  timeout: duration('How long an answer may take.', DEFAULTS.patience),
}

interface Told {
  readonly url?: string
  readonly command?: string
  readonly status?: unknown
  readonly contains?: unknown
}

function problemOf({ url, command, status, contains }: Told): string | undefined {
  if ((url === undefined) === (command === undefined))
    return `expected one of url and command${REMEDY}write url: "http://127.0.0.1:\${PORT}/health"`
  return command !== undefined && (status !== undefined || contains !== undefined)
    ? `\`status\` and \`contains\` are for \`url\`${REMEDY}remove them`
    : undefined
}

const poll = keys(
  {
    name: name().register(docs, { description: 'Reported as `<benchmark>/<name>`.', examples: ['health'] }),
    ...ask,
  },
  'a poll',
  '{ name: health, url: "http://127.0.0.1:${PORT}/health" }',
).check((payload) => {
  const message = problemOf(payload.value)
  if (message !== undefined) payload.issues.push({ code: 'custom', message, input: payload.value })
})

const alert = keys(
  {
    name: name().register(docs, { description: 'Reported as `<benchmark>/<name>`.', examples: ['errors'] }),
    ...ask,
    expect: oneOf(['fires', 'silent']).register(docs, {
      description: 'Whether it is to fire (yes) while the benchmark runs, or never.',
    }),
    by: z.exactOptional(
      text('the name of a fault', 'database restart').register(docs, {
        description: 'The fault that sets it off. Default: the load itself, from its beginning.',
        examples: ['database restart'],
      }),
    ),
    within: duration('A budget on `alert.delay`, the time from its cause until it fires.'),
  },
  'an alert',
  '{ name: errors, url: "http://127.0.0.1:${PORT}/alerts", contains: firing, expect: fires }',
).check((payload) => {
  const { expect, by, within } = payload.value
  const message =
    problemOf(payload.value) ??
    (expect === 'silent' && (by !== undefined || within !== undefined)
      ? `\`by\` and \`within\` are for an alert that fires${REMEDY}remove them`
      : undefined)
  if (message !== undefined) payload.issues.push({ code: 'custom', message, input: payload.value })
})

export const polls = z.exactOptional(
  listOf(poll, 'a list of polls', '[{ name: health, url: "http://127.0.0.1:${PORT}/health" }]', 1).register(
    docs,
    {
      description:
        'Endpoints asked while the benchmark runs: `response` (how long a yes takes) and `availability` (the share that is yes) of each.',
      examples: [[{ name: 'health', url: 'http://127.0.0.1:${PORT}/health', every: '100ms' }]],
    },
  ),
)

export const alerts = z.exactOptional(
  listOf(alert, 'a list of alerts', '[{ name: errors, command: sh check.sh, expect: fires }]', 1).register(
    docs,
    {
      description:
        'Alerts asked for while the benchmark runs: `alert.fired` and `alert.delay` of each. Whether it fired as expected is a budget.',
      examples: [
        [
          {
            name: 'errors',
            url: 'http://127.0.0.1:${PORT}/alerts',
            contains: 'HighErrorRate',
            expect: 'fires',
            within: '5s',
          },
        ],
      ],
    },
  ),
)
