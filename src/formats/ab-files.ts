import { failuresUntold } from './closed-loop.ts'
import { figure, readTable } from './csv.ts'
import { type Content, FormatError } from './format.ts'
import type { LineHandler } from './lines.ts'
import { resultsOfLoad, WHOLE_MILLISECONDS } from './load-figures.ts'
import { told } from './measured.ts'
import { LONGEST } from './requests.ts'
import { Tally } from './tally.ts'

const MILLISECOND = 1e6
const UNTOLD = failuresUntold(
  'these rows of ab have no status, and a closed connection stands in them as a fast answer',
)

/** Every request of `-g`, sorted by its total time; the status is not told. */
export function readAbSamples(): LineHandler {
  const times = new Tally()
  let header = false
  return {
    line(text, number) {
      if (text.startsWith('starttime\t')) {
        if (header)
          throw new FormatError(number, 'a second run begins here', 'give each run an output of its own')
        header = true
        return
      }
      if (!header || text === '') return
      const [, , , , total, wait, ...rest] = text.split('\t')
      if (total === undefined || wait === undefined || rest.length > 0 || !/^\d+$/.test(wait))
        throw new FormatError(number, 'expected six cells', 'was the output cut short?')
      const value = figure(total, number, 'ttime')
      if (value < 0 || value > LONGEST) throw new FormatError(number, '"ttime" is no time a request takes')
      times.add(value)
    },
    end: () => {
      const latency = times.distribution(MILLISECOND)
      if (latency === undefined) throw new FormatError(undefined, 'there is no request in it')
      return {
        results: resultsOfLoad({ benchmark: '', latency, resolution: WHOLE_MILLISECONDS }),
        warnings: [UNTOLD],
      }
    },
  }
}

/** The percentiles 0 to 99 or 100 of `-e`, in fractions of a millisecond; neither count nor failures. */
export function readAbPercentiles(text: string): Content {
  const { rows } = readTable(text)
  const figures: { min?: number; max?: number } = {}
  const quantiles: Record<string, number> = {}
  for (const [i, row] of rows.entries()) {
    if (row.number('Percentage served') !== i || i > 100)
      throw new FormatError(row.line, `expected the percentage ${i}`, 'give each run an output of its own')
    const value = row.number('Time in ms')
    if (value < 0) throw new FormatError(row.line, '"Time in ms" is negative')
    if (i === 0) figures.min = value
    else if (i === 100) figures.max = value
    else quantiles[`p${i}`] = value
  }
  if (rows.length < 100)
    throw new FormatError(
      undefined,
      `there are ${rows.length} percentages, not 100`,
      'was the output cut short?',
    )
  return {
    results: resultsOfLoad({ benchmark: '', latency: told({ ...figures, quantiles }, MILLISECOND) }),
    warnings: [UNTOLD],
  }
}
