import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { configurationPage, schemaFile } from '../../build/configuration-page.ts'
import { DEFAULTS } from '../../src/config/defaults.ts'
import { loadPlan } from '../../src/config/load.ts'
import { DEFAULT_THRESHOLD } from '../../src/core/threshold.ts'

const committed = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

test.each([
  ['tailgate.schema.json', schemaFile],
  ['docs/configuration.md', configurationPage],
])('%s is as the schema makes it (npm run docs)', (file, make) => {
  expect(committed(file)).toBe(make())
})

const ONE = { name: 'json', run: 'x' }
const validate = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  JSON.parse(schemaFile()) as Record<string, unknown>,
)

/** What editors are told must be what the program does. */
function both(config: unknown): { readonly editor: boolean; readonly program: boolean } {
  let program = true
  try {
    loadPlan(JSON.stringify(config), 'f')
  } catch {
    program = false
  }
  return { editor: validate(config), program }
}

test.each([
  { threshold: '5%' },
  { threshold: '5 MB' },
  { threshold: { p99: '10%' } },
  { time: '1h30m' },
  { 'false-alarms': '0.5 %' },
  { rounds: { min: 6, max: 30, warmup: 0 } },
  { sides: { head: { env: { A: 1, B: true, C: 'x' } } } },
  { suites: { q: { benchmarks: ['json'], set: { json: { timeout: '1s' } } } } },
  { branches: { main: { 'fail-on': ['inconclusive'] } } },
  { services: { api: { start: 'x', ready: { port: 5432 } } } },
])('editors and program accept %j', (keys) => {
  expect(both({ ...keys, benchmarks: [ONE] })).toEqual({ editor: true, program: true })
})

test.each([
  { threshold: 5 },
  { threshold: '5' },
  { threshold: { p99: 0.1 } },
  { time: '10' },
  { time: 10 },
  { 'false-alarms': '1' },
  { rounds: { max: 0 } },
  { rounds: { max: 1.5 } },
  { compare: 'x' },
  { 'fail-on': ['x'] },
  { statistics: [] },
  { services: { api: {} } },
  { benchmarks: [{ name: 'json', run: 'x', load: { url: 'http://127.0.0.1/' } }] },
  { suites: { q: { set: { json: { name: 'x' } } } } },
  { benchmarks: [] },
  { benchmarks: [{ name: 'json' }] },
])('editors and program refuse %j', (keys) => {
  expect(both({ benchmarks: [ONE], ...keys })).toEqual({ editor: false, program: false })
})

const SERVICES = { api: { start: 'x' }, worker: { start: 'x' }, db: { start: 'x' }, cache: { start: 'x' } }

const LOAD = { url: 'http://127.0.0.1/', duration: '30s' }

const blocks = [...configurationPage().matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]!)

test.each(blocks)('the page can be believed: %s', (block) => {
  const told = parse(block) as Record<string, unknown> | null
  if (told === null) return
  const benchmarks = [ONE, { ...ONE, name: 'json/slow' }]
  const places = [
    { benchmarks, ...told },
    { services: SERVICES, benchmarks: [{ ...ONE, ...told }] },
    { services: SERVICES, benchmarks: [{ name: 'json', ...told }] },
    { services: SERVICES, benchmarks: [{ name: 'json', service: 'db', load: LOAD, ...told }] },
    { services: { ...SERVICES, one: { start: 'x', ...told } }, benchmarks },
    { services: { one: { start: 'x', ready: told } }, benchmarks },
    { benchmarks: [{ name: 'json', load: { url: 'http://127.0.0.1/', ...told } }] },
    { benchmarks: [{ name: 'json', load: { url: 'http://x/', requests: [{ name: 'a', ...told }] } }] },
    { benchmarks, suites: { quick: told } },
  ]
  expect(places.some((config) => both(config).program)).toBe(true)
})

test('the default threshold is one, wherever it is asked for', () => {
  expect(loadPlan(JSON.stringify({ benchmarks: [ONE] }), 'f').thresholds['*']).toEqual(DEFAULT_THRESHOLD)
  expect(DEFAULTS.threshold).toBe('5%')
})
