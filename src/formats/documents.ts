/**
 * The JSON documents of a text that has prose around them, each opening a line with `{` and ended by `}` at the start of
 * a line, or written in one line. What stands before each is blanked, so that lines and columns stay those of the text.
 * The last one may be cut short: it is given as it is.
 */
export function documentsOf(text: string): string[] {
  const documents: string[] = []
  for (let start = opening(text, 0); start !== -1; ) {
    const end = ending(text, start)
    documents.push(blank(text.slice(0, start)) + text.slice(start, end))
    start = opening(text, end)
  }
  return documents
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

function blank(prose: string): string {
  return prose.replace(/[^\n]/g, ' ')
}
