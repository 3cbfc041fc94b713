import type { Report } from '../core/report.ts'
import { json } from '../reporters/json.ts'
import { markdown } from '../reporters/markdown.ts'
import { terminal } from '../reporters/terminal.ts'

export interface Shape {
  readonly json?: boolean
  readonly markdown?: boolean
}

/** Results go to standard output, in the shape that was asked for. */
export function printReport(report: Report, shape: Shape): void {
  process.stdout.write(`${render(report, shape).trimEnd()}\n`)
}

function render(report: Report, shape: Shape): string {
  if (shape.json) return json(report)
  if (shape.markdown) return markdown(report)
  return terminal(report, { color: hasColor(process.stdout), width: widthOf(process.stdout) })
}

/** NO_COLOR and FORCE_COLOR as their own pages define them; else colours on a terminal that is not dumb. */
export function hasColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  return stream.isTTY === true && TERM !== 'dumb'
}

const UNWRAPPED = 100_000

export function widthOf(stream: NodeJS.WriteStream): number {
  // A log wraps its own lines: a path that is cut in two cannot be copied.
  return stream.columns === undefined ? UNWRAPPED : Math.max(40, Math.min(stream.columns, 160))
}
