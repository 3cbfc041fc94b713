import type { Report } from '../core/report.ts'

export interface Shape {
  readonly json?: boolean
  readonly markdown?: boolean
}

/** Results go to standard output, in the shape that was asked for. */
export async function printReport(report: Report, shape: Shape): Promise<void> {
  process.stdout.write(await render(report, shape))
}

async function render(report: Report, { json, markdown }: Shape): Promise<string> {
  if (json) return `${(await import('../reporters/json.ts')).json(report).trimEnd()}\n`
  if (markdown) return `${(await import('../reporters/markdown.ts')).markdown(report).trimEnd()}\n`
  const { terminal } = await import('../reporters/terminal.ts')
  return `${terminal(report, { color: hasColor(process.stdout), width: widthOf(process.stdout) }).trimEnd()}\n`
}

/** NO_COLOR and FORCE_COLOR as their own pages define them; else colours on a terminal that is not dumb. */
export function hasColor(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0'
  return stream.isTTY === true && TERM !== 'dumb'
}

export function widthOf(stream: NodeJS.WriteStream): number {
  return Math.max(40, Math.min(stream.columns ?? 80, 160))
}
