import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isFailed } from '../../src/core/result.ts'
import { ingestText } from '../../src/ingest.ts'

const whole = readFileSync(
  join(import.meta.dirname, '../../fixtures/formats/fio/json-3.33/input.json'),
  'utf8',
)
const parse = (text: string) => ingestText(text, 'out.json', 'auto')
const throughput = (text: string) =>
  parse(text).results.find((result) => !isFailed(result) && result.metric === 'throughput')

test('a job that ended with an error is failed, and one without I/O too', () => {
  expect(parse(whole.replace('"error" : 0', '"error" : 5')).results).toMatchObject([
    { benchmark: 'randread', status: 'failed', reason: expect.stringContaining('error 5') },
  ])
  expect(parse(whole.replace('"total_ios" : 28659', '"total_ios" : 0')).results).toMatchObject([
    { status: 'failed', reason: 'it made no I/O' },
  ])
})

test('errors that the job went on after are a share of what it tried', () => {
  const text = whole.replace('"latency_depth"', '"total_err" : 341, "latency_depth"')
  const found = parse(text).results.find((result) => !isFailed(result) && result.metric === 'error_rate')
  expect(found).toMatchObject({ data: { value: 341 / 29000, total: 29000 } })
})

test('of several statuses the last one counts, and it has to be whole', () => {
  const twice = `${whole.replace('"iops" : 14322.338831', '"iops" : 7')}\n${whole}`
  expect(throughput(twice)).toMatchObject({ data: { value: 14322.338831 } })
  expect(() => parse(twice.slice(0, -500))).toThrow(/ends in the middle/)
})

test('a run that was stopped is refused, warnings before the JSON are not', () => {
  expect(() => parse(`\nfio: terminating on signal 2\n${whole}`)).toThrow(/stopped by a signal/)
  expect(
    throughput(`note: both iodepth >= 1 and synchronous I/O engine are selected\n${whole}`),
  ).toBeDefined()
})

test('what is wrong is told with its place in the whole text', () => {
  const text = `some warning\n${whole.replace('"iops" : 14322.338831', '"iops" : nul')}`
  expect(() => parse(text)).toThrow(
    expect.objectContaining({ place: expect.stringMatching(/out\.json:28:/) }),
  )
})

test('a minified document is read, and a direction whose latency was not measured has none', () => {
  const tree = JSON.parse(whole)
  for (const latency of ['clat_ns', 'lat_ns']) tree.jobs[0].read[latency].N = 0
  const results = parse(JSON.stringify(tree)).results
  expect(results.map((result) => !isFailed(result) && result.metric)).toEqual([
    'throughput',
    'bandwidth',
    'error_rate',
  ])
})
