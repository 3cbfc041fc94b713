import { cellsOf, figure } from './csv.ts'
import { FormatError } from './format.ts'
import { jmeterContent } from './jmeter-requests.ts'
import type { LineHandler } from './lines.ts'
import { Requests } from './requests.ts'
import { tableLines } from './table-lines.ts'

const SEPARATORS: readonly string[] = [',', ';', '\t', '|']
const HEADER = /^(?:timeStamp|elapsed)([,;\t|])/

/** The separator of a JTL's columns; undefined where the text is none. Old versions write no header by default. */
export function separatorOf(start: string): string | undefined {
  const line = start.trimStart().split('\n', 1)[0]!
  const header = HEADER.exec(line)?.[1]
  if (header !== undefined) return line.includes(`${header}label`) ? header : undefined
  if (!/^\d{13}[,;\t|]\d+[,;\t|]/.test(line)) return undefined
  return SEPARATORS.find((separator) => withoutHeader(cellsOf(line, separator) ?? []) !== undefined)
}

/** Which cell holds what. */
interface Places {
  readonly width: number
  readonly timeStamp: number
  readonly elapsed: number
  readonly label: number
  readonly responseMessage: number
  readonly success: number
}

/** Without a header the first four columns are the same in every version, and `success` is the one with true or false. */
function withoutHeader(cells: readonly string[]): Places | undefined {
  const success = cells.findIndex((cell, i) => i >= 4 && (cell === 'true' || cell === 'false'))
  if (success === -1) return undefined
  return {
    width: cells.length,
    timeStamp: 0,
    elapsed: 1,
    label: 2,

    responseMessage: 4,
    success,
  }
}

function byHeader(cells: readonly string[], line: number): Places {
  const at = (name: string) => cells.indexOf(name)
  const success = at('success')
  const elapsed = at('elapsed')
  if (success === -1 || elapsed === -1)
    throw new FormatError(
      line,
      `there is no column "${success === -1 ? 'success' : 'elapsed'}"`,
      'set jmeter.save.saveservice.successful and .time to true',
    )
  return {
    width: cells.length,
    timeStamp: at('timeStamp'),
    elapsed,
    label: at('label'),
    responseMessage: at('responseMessage'),
    success,
  }
}

/** A row a sample, in the order in which they ended; which columns there are depends on version and configuration. */
export function jmeterRows(separator: string): LineHandler {
  const requests = new Requests()
  let places: Places | undefined
  return tableLines(
    {
      row(cells, number) {
        if (HEADER.test(`${cells[0]}${separator}`)) {
          // A file that was appended to has its header again.
          places = byHeader(cells, number)
          return
        }
        places ??= withoutHeader(cells)
        if (places === undefined || cells.length !== places.width)
          throw new FormatError(
            number,
            `expected ${places?.width ?? 9} cells, got ${cells.length}`,
            'was the output cut short?',
          )
        const success = cells[places.success]!
        if (success !== 'true' && success !== 'false')
          throw new FormatError(
            number,
            `"success" is neither true nor false: ${JSON.stringify(success.slice(0, 60))}`,
          )
        const elapsed = figure(cells[places.elapsed]!, number, 'elapsed')
        if (elapsed < 0)
          throw new FormatError(number, '"elapsed" is negative', "was the machine's clock set back?")
        const start = millisecondsOf(cells[places.timeStamp] ?? '')
        requests.add(
          {
            name: cells[places.label] || '(no label)',
            latency: elapsed,
            failed: success === 'false',
            start,
            end: start + elapsed,
            sum: (cells[places.responseMessage] ?? '').startsWith('Number of samples in transaction :'),
          },
          number,
        )
      },
      end: () => jmeterContent(requests),
    },
    separator,
  )
}

const FORMATTED = /^(\d{4})[/-](\d\d)[/-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,3}))?$/

/** Milliseconds since 1970, or `jmeter.save.saveservice.timestamp_format` in a form that is no riddle; else NaN. */
function millisecondsOf(text: string): number {
  if (/^\d{10,16}$/.test(text)) return Number(text)
  const [, year, month, day, hour, minute, second, fraction = '0'] = FORMATTED.exec(text) ?? []
  if (year === undefined) return Number.NaN
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) +
    1000 * Number(`0.${fraction}`)
  )
}
