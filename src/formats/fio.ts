import type { Result } from '../core/result.ts'
import { lastDocument } from './documents.ts'
import { clonesApart, latenciesOf, ratesOf } from './fio-figures.ts'
import { isFioText, readFioText } from './fio-text.ts'
import { type Content, FormatError, type TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { errorRate } from './measured.ts'
import { outlineOf } from './outline.ts'

/**
 * fio's json and json+, also with its text around them, and its text alone. Each direction of a job is a benchmark, `randread:read`; one
 * without I/O is none. With --status-interval the last status holds the whole run.
 * https://fio.readthedocs.io/en/latest/fio_doc.html#json-output
 */
export const fio: TextFormat = {
  name: 'fio',
  title: 'fio (json, json+, text)',
  keeps: 'percentiles; the histogram with json+',
  detect: (start) =>
    outlineOf(start).has('fio version') || /^\{\s*"fio version"\s*:/m.test(start) || isFioText(start),
  parse(text) {
    const stopped = /^fio: terminating on signal \d+/m.exec(text)
    if (stopped !== null)
      throw new FormatError(text.slice(0, stopped.index).split('\n').length, 'fio was stopped by a signal')
    const document = lastDocument(text)
    if (document === undefined) return readFioText(text)
    return readRun(parseJson(document))
  },
}

const DIRECTIONS = ['read', 'write', 'trim'] as const

function readRun(root: Json): Content {
  const jobs = (root.get('jobs') ?? root.at('client_stats')).array()
  const names = jobs.map((job) => {
    const host = job.get('hostname')?.string()
    return `${host === undefined ? '' : `${host}:`}${job.at('jobname').string()}`
  })
  const { names: apart, warnings } = clonesApart(names)
  return { results: jobs.flatMap((job, i) => readJob(apart[i]!, job)), warnings }
}

function readJob(name: string, job: Json): Result[] {
  const error = job.at('error').number()
  if (error !== 0)
    return [{ benchmark: name, status: 'failed', reason: `fio ended the job with error ${error}` }]
  const active = DIRECTIONS.flatMap((direction) => {
    const figures = job.get(direction)
    return figures === undefined || figures.at('total_ios').count() === 0 ? [] : [{ direction, figures }]
  })
  if (active.length === 0) return [{ benchmark: name, status: 'failed', reason: 'it made no I/O' }]
  const made = active.reduce((sum, { figures }) => sum + figures.at('total_ios').count(), 0)
  // Counted where the job was to go on after errors; without that, the first one ends it.
  const failed = job.get('total_err')?.count() ?? 0
  const synced = job.get('sync')
  return [
    ...active.flatMap(({ direction, figures }) => {
      const benchmark = `${name}:${direction}`
      return [
        ...latenciesOf(benchmark, figures),
        ...ratesOf(benchmark, figures),
        errorRate(benchmark, failed, made + failed),
      ]
    }),
    ...(synced === undefined ? [] : latenciesOf(`${name}:sync`, synced)),
  ]
}
