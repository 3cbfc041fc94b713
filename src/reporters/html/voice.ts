/** Sentences of other reporters' wording as HTML: names in a fixed-width face, our own backticks as code. */
import { plain } from '../escape.ts'
import type { Voice } from '../wording.ts'
import type { Markup } from './markup.ts'
import { escaped, trusted } from './markup.ts'

/** What is spoken in it is HTML, but for backticks: `spoken` makes a sentence of it. */
export const VOICE: Voice = {
  name: (raw) => `<code>${quoted(plain(raw) || '(no name)')}</code>`,
  text: (raw) => quoted(plain(raw, 1000)),
}

/** A backtick from outside is not one of ours. */
function quoted(text: string): string {
  return escaped(text).replaceAll('`', '&#96;')
}

export function spoken(sentence: string): Markup {
  return trusted(sentence.replace(/`([^`]*)`/g, '<code>$1</code>'))
}
