import { closedLoop } from './closed-loop.ts'
import { figure } from './csv.ts'
import { type Content, FormatError, type TextFormat } from './format.ts'
import { find, need, oneRun } from './found.ts'
import { type Json, parseJson } from './json.ts'
import { resultsOfLoad } from './load-figures.ts'
import { result, told } from './measured.ts'
import { duration } from './quantity.ts'
import { withoutProse } from './whole-text.ts'

/** bombardier: `-o json` and what it prints; percentiles only with `-l`. https://github.com/codesenberg/bombardier */
export const bombardier: TextFormat = {
  name: 'bombardier',
  title: 'bombardier (-o json, text)',
  keeps: 'percentiles (with -l), else mean ± sd',
  detect: (start) =>
    (/"req1xx"\s*:/.test(start) && /"timeTakenSeconds"\s*:/.test(start)) ||
    /^Statistics +Avg +Stdev +Max\s*$/m.test(start),
  parse(text) {
    // The progress bar goes back to the beginning of its line.
    const lines = text.replaceAll('\r', '\n')
    return /^\s*Statistics +Avg/m.test(lines) ? readText(lines) : readJson(withoutProse(lines))
  },
}

const MICROSECOND = 1e3
const CLASSES: readonly string[] = ['1xx', '2xx', '3xx', '4xx', '5xx']

function readJson(text: string): Content {
  const run = parseJson(text).at('result')
  const classes = CLASSES.map((name) => run.at(`req${name}`).count())
  const [, , , client = 0, server = 0] = classes
  const others = run.at('others').count()
  const total = classes.reduce((sum, count) => sum + count, others)
  const seconds = run.at('timeTakenSeconds').amount()
  const failed = client + server + others // Without a response; its time is among the latencies all the same.
  const rps = run.get('rps')
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: told({ ...figuresOf(run.at('latency')), count: total }, MICROSECOND),
      throughput: seconds === 0 ? undefined : total / seconds,
      requests: { failed, total },
      at: '$.result',
      beside:
        rps === undefined ? [] : [result('', 'rps', '1/s', told(figuresOf(rps), 1), { primary: false })],
    }),
    warnings: [closedLoop('bombardier')],
  }
}

function figuresOf(figures: Json) {
  const percentiles = figures.get('percentiles')?.entries() ?? []
  return {
    mean: figures.at('mean').amount(),
    sd: figures.get('stddev')?.amount(),
    max: figures.at('max').amount(),
    quantiles: Object.fromEntries(
      percentiles
        .filter(([share]) => /^\d{1,2}$/.test(share))
        .map(([share, value]) => [`p${share}`, value.amount()]),
    ),
  }
}

function readText(text: string): Content {
  oneRun(text, /^Statistics +Avg/)
  const row = need(text, /^ +Latency +(\S+) +(\S+) +(\S+)\s*$/m, 'the row of latencies')
  const rate = need(text, /^ +Reqs\/sec +(\S+) +(\S+) +(\S+)\s*$/m, 'the row of rates')
  const codes = need(
    text,
    /^ +1xx - (\d+), 2xx - (\d+), 3xx - (\d+), 4xx - (\d+), 5xx - (\d+)\s*$/m,
    'HTTP codes',
  )
  const rest = need(text, /^ +others - (\d+)\s*$/m, 'others')
  // The last line: without it the output was cut.
  need(text, /^ +Throughput: +\S+\/s\s*$/m, 'Throughput')
  const [mean, sd, max] = row.cells.map((cell) => duration(cell, row.line, 'Latency'))
  const classes = codes.cells.map((cell) => figure(cell, codes.line, 'HTTP codes'))
  const others = figure(rest.cells[0]!, rest.line, 'others')
  const total = classes.reduce((sum, count) => sum + count, others)
  return {
    results: resultsOfLoad({
      benchmark: '',
      latency: told({ count: total, mean, sd, max, quantiles: percentiles(text) }, 1),
      throughput: figure(rate.cells[0]!, rate.line, 'Reqs/sec'),
      requests: { failed: classes[3]! + classes[4]! + others, total },
      at: codes.line,
    }),
    warnings: [closedLoop('bombardier')],
  }
}

function percentiles(text: string): Record<string, number> {
  const title = find(text, /^ +Latency Distribution\s*$/m)
  const quantiles: Record<string, number> = {}
  if (title === undefined) return quantiles
  for (const [i, line] of text.split('\n').slice(title.line).entries()) {
    const [, share, value] = /^ +(\d+)% +(\S+)\s*$/.exec(line) ?? []
    if (share === undefined || value === undefined) break
    quantiles[`p${share}`] = duration(value, title.line + i + 1, `${share}%`)
  }
  if (Object.keys(quantiles).length === 0)
    throw new FormatError(title.line, 'there is no percentile under it')
  return quantiles
}
