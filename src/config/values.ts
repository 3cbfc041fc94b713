/** The kinds of value that more than one key of a config may have. */
import * as z from 'zod/mini'
import { parseBudget } from '../core/budget-expression.ts'
import { UserError } from '../core/errors.ts'
import type { Thresholds } from '../core/plan.ts'
import { docs, expected, listOf, namesTo, parsed, REMEDY, text } from './field.ts'
import {
  bareThreshold,
  PATTERNS,
  parseDuration,
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
    pattern: PATTERNS.threshold,
  })

const several = () =>
  z.pipe(
    namesTo(
      parsed({
        what: 'a threshold',
        example: '5%',
        parse: parseThreshold,
        bare: bareThreshold,
        pattern: PATTERNS.threshold,
      }),
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

export const threshold = (description: string, standard?: string) =>
  z.exactOptional(
    z.union([one(), several()], expected('a threshold', '5%, or a map such as { p99: 10% }')).register(docs, {
      description,
      ...(standard === undefined ? {} : { default: standard }),
      examples: ['5%', '10ms', { p99: '10%', throughput: '3%', 'memory.peak': '5MB', error_rate: '0.5%' }],
    }),
  )

export const statistics = (description: string, standard?: readonly string[]) =>
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

export const budgets = () =>
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

export const profile = (description: string, standard?: boolean) =>
  z.exactOptional(
    z.boolean(expected('true or false', 'true')).register(docs, {
      description,
      ...(standard === undefined ? {} : { default: standard }),
      examples: [true],
    }),
  )

const bareDuration = (value: number) =>
  new UserError(`${value} is not a duration: its unit is missing`, { remedy: `write ${value}s` })

export const plainDuration = () =>
  parsed({
    what: 'a duration',
    example: '10m',
    parse: parseDuration,
    bare: bareDuration,
    pattern: PATTERNS.duration,
  })

export const duration = (description: string, standard?: string) =>
  z.exactOptional(
    plainDuration().register(docs, {
      description,
      ...(standard === undefined ? {} : { default: standard }),
      examples: ['500ms', '90s', '10m', '1h30m'],
    }),
  )

export const name = () =>
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
export const relative = (what: string, example: string) =>
  text(what, example).check((payload) => {
    if (/^(?:[/\\~]|[A-Za-z]:)/.test(payload.value))
      payload.issues.push({
        code: 'custom',
        message: `"${payload.value}" is not relative to the folder of the config${REMEDY}write ${example}`,
        input: payload.value,
      })
  })

const VARIABLE = /^[A-Za-z_]\w*$/

/** The name of an environment variable. */
export const variableName = () =>
  text('the name of a variable', 'PORT').check((payload) => {
    if (!VARIABLE.test(payload.value))
      payload.issues.push({
        code: 'custom',
        message: `"${payload.value}" is not the name of an environment variable${REMEDY}write letters, digits and _`,
        input: payload.value,
      })
  })

const OWN = new Set(['TAILGATE_SIDE', 'TAILGATE_ROUND', 'TAILGATE_OUTPUT'])

export const env = (description: string) =>
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
            : VARIABLE.test(key)
              ? undefined
              : `"${key}" is not the name of an environment variable${REMEDY}write letters, digits and _`
          if (message !== undefined) payload.issues.push({ code: 'custom', message, input: key, path: [key] })
        }
      })
      .register(docs, { description, examples: [{ NODE_ENV: 'production' }] }),
  )
