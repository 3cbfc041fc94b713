/**
 * The last of the JSON documents of a text that has prose around them, each opening a line with `{` and ended by `}` at
 * the start of a line, or written in one line. What stands before is blanked, so that lines and columns stay those of the
 * text. One that was cut short is given as it is; undefined where there is none.
 */
export function lastDocument(text: string): string | undefined {
  let last: { start: number; end: number } | undefined
  for (let start = opening(text, 0); start !== -1; ) {
    last = { start, end: ending(text, start) }
    start = opening(text, last.end)
  }
  return last === undefined
    ? undefined
    : text.slice(0, last.start).replace(/[^\n]/g, ' ') + text.slice(last.start, last.end)
}

function opening(text: string, from: number): number {
  if (from === 0 && text.startsWith('{')) return 0
  const at = text.indexOf('\n{', Math.max(0, from - 1))
  return at === -1 ? -1 : at + 1
}

function ending(text: string, start: number): number {
  const lineEnd = text.indexOf('\n', start)
  const first = text.slice(start, lineEnd === -1 ? undefined : lineEnd).trimEnd()
  if (first.endsWith('}')) return start + first.length
  const close = text.indexOf('\n}', start)
  return close === -1 ? text.length : close + 2
}
