import type { Result } from '../core/result.ts'
import { grouped } from './csv.ts'
import { FormatError, type TextFormat } from './format.ts'
import { printedLines } from './lines.ts'
import { commandOf, countResults, countsOf, refuseKilled } from './valgrind-events.ts'

/**
 * Cachegrind's `cachegrind.out` and what it prints: counts. They differ from callgrind's of the same run by about 0.1 %,
 * and the misses follow the cache of the machine. https://valgrind.org/docs/manual/cg-manual.html
 */
export const cachegrind: TextFormat = {
  name: 'cachegrind',
  title: 'Valgrind cachegrind (cachegrind.out, log)',
  keeps: 'exact counts',
  detect: (start) =>
    /^==\d+== Cachegrind, /m.test(start) ||
    (/^events: .*\bIr\b/m.test(start) &&
      /^cmd: /m.test(start) &&
      !/^(?:# callgrind|creator: callgrind)/m.test(start)),
  parse: (text) => ({ results: /^==\d+== /m.test(text) ? readLog(text) : readOut(text) }),
}

const LINES: Readonly<Record<string, string>> = {
  'I refs': 'Ir',
  'D refs': 'D refs',
  'I1 misses': 'I1 misses',
  'D1 misses': 'D1 misses',
  'LL misses': 'LL misses',
  Branches: 'branches',
  Mispredicts: 'mispredicts',
}

function readLog(text: string): Result[] {
  refuseKilled(text)
  const command = commandOf(text)
  const found = printedLines(text).flatMap((line, i): [string, number][] => {
    const [, label = '', value = ''] = /^==\d+== (\S.*?):\s+([\d,]+)(?:\s|$)/.exec(line) ?? []
    const name = label.replace(/\s+/g, ' ')
    return Object.hasOwn(LINES, name) ? [[LINES[name]!, grouped(value, i + 1, name)]] : []
  })
  const names = found.map(([name]) => name)
  // With the cache simulated, the last-level misses are its last figures.
  if (!names.includes('Ir') || (names.includes('I1 misses') && !names.includes('LL misses')))
    throw new FormatError(undefined, 'its counts are not whole', 'was the output cut short?')
  return countResults(command, found)
}

function readOut(text: string): Result[] {
  const lines = text.split('\n')
  const events = /^events: (.*)$/m.exec(text)?.[1]
  const command = /^cmd: *(.*)$/m.exec(text)?.[1]?.trim() ?? ''
  const at = lines.findLastIndex((line) => line.startsWith('summary: '))
  if (events === undefined || at === -1)
    throw new FormatError(lines.length, 'its summary is missing', 'was the output cut short?')
  return countsOf(command, events, lines[at]!.slice(9), at + 1)
}
