/** Text that is HTML already. Made by `markup` alone, so that whatever is put into a page has been escaped once. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Part[] | undefined

/** Control, bidirectional and other invisible characters change what a page seems to say; line feeds stand in output. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template whose values become text, in content and in quoted attributes; values that are markup stay as they are. */
export function markup(literal: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return { markup: literal.reduce((page, piece, i) => page + htmlOf(values[i - 1]) + piece) }
}

/** Ours by origin: a constant of the program, or the product of `markup`. */
export function trusted(text: string): Markup {
  return { markup: text }
}

export function joined(parts: readonly Markup[], between = ''): Markup {
  return { markup: parts.map((part) => part.markup).join(between) }
}

/** Undefined and the empty list are nothing. */
function htmlOf(value: Part): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return escaped(value)
  if (Array.isArray(value)) return value.map(htmlOf).join('')
  return (value as Markup).markup
}

export function escaped(text: string): string {
  return text.replace(UNSEEN, '').replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/** JSON that stands in a script element: nothing in it can end the element or begin a comment. */
export function embedded(value: unknown): Markup {
  const text = JSON.stringify(value)
  return {
    markup: text.replace(
      /[<\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  }
}
