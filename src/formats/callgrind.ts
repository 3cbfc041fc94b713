import type { Result } from '../core/result.ts'
import { FormatError, type TextFormat } from './format.ts'
import { commandOf, countsOf, refuseKilled } from './valgrind-events.ts'

/** Callgrind's `callgrind.out` and what it prints: counts. https://valgrind.org/docs/manual/cl-format.html */
export const callgrind: TextFormat = {
  name: 'callgrind',
  title: 'Valgrind callgrind (callgrind.out, log)',
  keeps: 'exact counts',
  detect: (start) =>
    /^(?:# callgrind format|creator: callgrind)/m.test(start) || /^==\d+== Callgrind, /m.test(start),
  parse: (text) => ({
    results: /^==\d+== /m.test(text) && !/^totals: /m.test(text) ? readLog(text) : readOut(text),
  }),
}

function readLog(text: string): Result[] {
  refuseKilled(text)
  const lines = text.split('\n')
  const events = /^==\d+== Events\s*: (.*)$/m.exec(text)?.[1]
  const at = lines.findIndex((line) => /^==\d+== Collected\s*: /.test(line))
  if (events === undefined || at === -1)
    throw new FormatError(undefined, 'what was collected is missing', 'was the output cut short?')
  return countsOf(commandOf(text), events, lines[at]!.replace(/^.*?: /, ''), at + 1)
}

/** `summary:` stands at the head of each part, `totals:` at the very end. Parts of one file add up. */
function readOut(text: string): Result[] {
  const lines = text.split('\n')
  const events = /^events: (.*)$/m.exec(text)?.[1]
  const command = /^cmd: *(.*)$/m.exec(text)?.[1]?.trim() ?? ''
  const at = lines.findLastIndex((line) => line.startsWith('totals: '))
  if (events === undefined || at === -1)
    throw new FormatError(lines.length, 'its totals are missing', 'was the output cut short?')
  const sums = lines.filter((line) => line.startsWith('summary: '))
  return countsOf(command, events, sums.length === 1 ? sums[0]!.slice(9) : lines[at]!.slice(8), at + 1)
}
