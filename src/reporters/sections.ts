/** A page of sections that has to fit: whole sections are left out, the least important first, and named. */

export interface Section {
  /** For the line that says what was left out: `unchanged`. Sections of one kind are told together. */
  readonly kind: string
  /** How many things stand in it. */
  readonly count: number
  /** Larger is more important. */
  readonly weight: number
  readonly body: string
}

export function fold(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** Between two sections. */
const GAP = '\n\n'

/** The sections that fit beside `head` and `foot` within `limit` characters, in their order. */
export function fitting(page: {
  readonly head: string
  readonly sections: readonly Section[]
  readonly foot: string
  readonly limit: number
  /** The line that says what was left out. */
  readonly left: (told: readonly string[]) => string
}): string {
  const dropped = new Set<Section>()
  const left = () => (dropped.size === 0 ? '' : page.left(tally(dropped)))
  const lengthOf = (part: string) => (part === '' ? 0 : part.length + GAP.length)
  let length = [page.head, ...page.sections.map(({ body }) => body), page.foot]
    .map(lengthOf)
    .reduce((sum, each) => sum + each, -GAP.length)
  const leastFirst = [...page.sections].reverse().sort((a, b) => a.weight - b.weight)
  for (const section of leastFirst) {
    if (length + lengthOf(left()) <= page.limit) break
    dropped.add(section)
    length -= lengthOf(section.body)
  }
  const kept = page.sections.filter((section) => !dropped.has(section)).map(({ body }) => body)
  return [page.head, ...kept, left(), page.foot].filter((part) => part !== '').join(GAP)
}

/** `unchanged (450)`, a kind once. */
function tally(sections: Iterable<Section>): string[] {
  const counts = new Map<string, number>()
  for (const { kind, count } of sections) counts.set(kind, (counts.get(kind) ?? 0) + count)
  return [...counts].map(([kind, count]) => `${kind} (${count})`)
}

/** Long tables go into several folds, so that less has to be left out at once. */
export function parts<T>(items: readonly T[], size: number): { items: readonly T[]; of: string }[] {
  const pieces: { items: readonly T[]; of: string }[] = []
  for (let from = 0; from < items.length; from += size) {
    const to = Math.min(from + size, items.length)
    const of = items.length > size ? `${from + 1} to ${to} of ${items.length}` : String(items.length)
    pieces.push({ items: items.slice(from, to), of })
  }
  return pieces
}
