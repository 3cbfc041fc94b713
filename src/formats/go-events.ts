import { FormatError } from './format.ts'
import type { GoLine } from './go-bench.ts'
import { parseJsonLine } from './json.ts'

/**
 * The lines that `go test -json` (test2json) wraps into events. One line of the benchmark is often two events, and
 * packages run side by side, so the pieces are put together by package before they are lines again.
 * https://pkg.go.dev/cmd/test2json
 */
export function readGoEvents(text: string): GoLine[] {
  const lines: GoLine[] = []
  const pieces = new Map<string, string>()
  /** Packages that print and have not ended, with the line of their first event. */
  const open = new Map<string, number>()
  for (const [i, line] of text.split('\n').entries()) {
    if (!line.trimStart().startsWith('{')) {
      // What the build says goes between the events as it is.
      if (line.trim() !== '') lines.push({ text: line, number: i + 1, package: '' })
      continue
    }
    const event = parseJsonLine(line, i + 1)
    const action = event.at('Action').string()
    const pkg = event.get('Package')?.string() ?? ''
    if (event.get('Test') === undefined && ['pass', 'fail', 'skip'].includes(action)) {
      open.delete(pkg)
      if (action === 'fail') lines.push({ text: `FAIL\t${pkg}`, number: i + 1, package: pkg })
    } else if (pkg !== '' && !open.has(pkg)) open.set(pkg, i + 1)
    if (action !== 'output') continue
    const parts = ((pieces.get(pkg) ?? '') + event.at('Output').string()).split('\n')
    pieces.set(pkg, parts.pop()!)
    for (const part of parts) lines.push({ text: part.replace(/\r$/, ''), number: i + 1, package: pkg })
  }
  for (const [pkg, number] of open)
    throw new FormatError(number, `package ${JSON.stringify(pkg)} has no end`, 'was the output cut short?')
  return lines
}
