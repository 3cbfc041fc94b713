import type { Resolution } from '../core/result.ts'
import { factorOf } from '../core/unit.ts'
import { figure } from './csv.ts'
import { clonesApart } from './fio-figures.ts'
import { type FioDirection, type FioJob, type FioLatency, resultsOfFioJob } from './fio-jobs.ts'
import { type Content, FormatError } from './format.ts'
import { printedLines } from './lines.ts'
import { result } from './measured.ts'
import { scaled } from './quantity.ts'

const CUT = 'was the output cut short?'
const JOB = /^(.*): \(groupid=\d+, jobs=\d+\): err= *(\d+)/
const DIRECTION = /^ {2}(read|write|trim): IOPS=([\d.]+[kMG]?), BW=\S+ \(([\d.]+)([kMGT]?B)\/s\)/
const LATENCY =
  /^ +(slat|clat|lat|sync) \((nsec|usec|msec|sec)\): min= *(\S+), max= *(\S+), avg= *(\S+), stdev= *(\S+)$/
const PERCENTILES = /^ +(slat|clat|lat|sync) percentiles \((nsec|usec|msec|sec)\):$/
const ISSUED = /^ +issued rwts: total=(\d+),(\d+),(\d+),(\d+) /

/** Whether a text holds the report for people. */
export function isFioText(start: string): boolean {
  return /^fio-\d+\.\d/m.test(start) && /^.*: \(g(?:roupid)?=\d+/m.test(start)
}

/** What fio prints for people: the unit stands in each heading and changes with the size of the figures. */
export function readFioText(text: string): Content {
  const lines = printedLines(text)
  const jobs: FioJob[] = []
  let reading: FioLatency | undefined
  for (const [i, line] of lines.entries()) {
    const number = i + 1
    const job = JOB.exec(line)
    if (job !== null) jobs.push({ name: job[1]!, line: number, error: job[2]!, directions: [], failed: 0 })
    const current = jobs.at(-1)
    if (current === undefined) continue
    if (/^ {2}(?:read|write|trim): IOPS=/.test(line)) current.directions.push(readDirection(line, number))
    if (/^ {2}fsync\/fdatasync\/sync_file_range:/.test(line))
      current.directions.push({ name: 'sync', rates: [], latencies: [] })
    const direction = current.directions.at(-1)
    const latency = LATENCY.exec(line)
    if (latency !== null) direction?.latencies.push(readLatency(latency, number))
    const heading = PERCENTILES.exec(line)
    if (heading !== null) reading = percentilesOf(direction, heading[1]!, heading[2]!)
    else if (/^ +\|/.test(line)) readPercentiles(line, number, reading)
    else reading = undefined
    const issued = ISSUED.exec(line)
    if (issued !== null) current.issued = issued.slice(1).map(Number)
    const errors = /^ +errors +: total= *(\d+)/.exec(line)
    if (errors !== null) current.failed = Number(errors[1])
  }
  if (!lines.some((line) => line.startsWith('Run status group ')))
    throw new FormatError(lines.length, 'the status of the run is missing', CUT)
  const { names, warnings } = clonesApart(jobs.map((job) => job.name))
  return { results: jobs.flatMap((job, i) => resultsOfFioJob(names[i]!, job)), warnings }
}

function readDirection(line: string, number: number): FioDirection {
  const [, name, iops = '', bytes = '', unit = ''] = DIRECTION.exec(line) ?? []
  if (name === undefined) throw new FormatError(number, 'no rates of a direction', CUT)
  const scalar = (value: number) => ({ kind: 'scalar', value }) as const
  return {
    name,
    latencies: [],
    rates: [
      result('', 'throughput', '1/s', scalar(scaled(iops, number, 'IOPS')), {
        resolution: digits(iops, number),
      }),
      result('', 'bandwidth', 'B/s', scalar(figure(bytes, number, 'BW') * factorOf(unit)), {
        primary: false,
        resolution: digits(bytes, number, factorOf(unit)),
      }),
    ],
  }
}

/** The last digit of `14.0k`. */
function digits(text: string, line: number, factor = 1): Resolution {
  const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0
  const prefix = scaled(`1${/[kMG]$/.exec(text)?.[0] ?? ''}`, line, 'prefix')
  return { absolute: 10 ** -decimals * prefix * factor, because: '3 significant digits' }
}

function readLatency([, word = '', unit = '', ...figures]: readonly string[], line: number): FioLatency {
  const [min = '', max = '', mean = '', sd = ''] = figures
  const read = (text: string) => scaled(text, line, word)
  return {
    word,
    unit,
    figures: { min: read(min), max: read(max), mean: read(mean), sd: read(sd) },
    quantiles: {},
  }
}

/** The latency that the percentiles belong to; they have a unit of their own. */
function percentilesOf(
  direction: FioDirection | undefined,
  word: string,
  unit: string,
): FioLatency | undefined {
  const latency = direction?.latencies.find((one) => one.word === word)
  if (direction === undefined || latency === undefined) return undefined
  const factor = factorOf(latency.unit) / factorOf(unit)
  const figures = Object.fromEntries(
    Object.entries(latency.figures).map(([key, value]) => [key, value * factor]),
  ) as unknown as FioLatency['figures']
  const same = { word, unit, figures, quantiles: {} }
  direction.latencies[direction.latencies.indexOf(latency)] = same
  return same
}

/** `     | 99.00th=[  106], 99.50th=[  124],`. */
function readPercentiles(line: string, number: number, latency: FioLatency | undefined): void {
  for (const cell of line.split('|')[1]!.split(/, */)) {
    if (cell.trim() === '') continue
    const [, percent, value] = /^ *(\d+\.\d+)th=\[ *(\d+)\]$/.exec(cell) ?? []
    if (percent === undefined || latency === undefined)
      throw new FormatError(number, `no percentile: ${JSON.stringify(cell.slice(0, 60))}`, CUT)
    latency.quantiles[`p${Number(percent)}`] = Number(value)
  }
}
