/**
 * Text from outside as inert text on GitHub. Names are attacker text: none of their characters may act as markdown,
 * HTML, mention, issue reference, emoji or autolink, in a table cell or outside.
 */

/** Longest name shown; longer ones end in `…`. */
const LONGEST_NAME = 120

/** What is never shown: control, bidirectional, zero-width and other ignorable characters, lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu

/** More marks on one letter than any script needs, which would climb over the lines above and below. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu

/** ANSI sequences: their printable tail (`[31m`) must go with the escape character. */
const ANSI = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-_]/g

/**
 * Workflow commands are read from whatever a step prints: `::add-mask::` at the start of a line, `##[…]` anywhere. A
 * blank takes their effect; `std::sort` stays as it is.
 */
function disarmed(line: string): string {
  return line.replace(/(^|\s)::(?=\S)/g, '$1: :').replaceAll('##[', '## [')
}

/** One line of plain text, for terminals, logs and as the first step of everything below. */
export function plain(text: string, longest: number = LONGEST_NAME): string {
  // Most text is plain ASCII, and the classes of Unicode are slow to compile: a start is not to pay for them.
  const line = /^[ -~]*$/.test(text)
    ? text.replace(/ +/g, ' ')
    : text
        .replace(ANSI, '')
        .replace(/[\s\u0085\u2028\u2029]+/gu, ' ')
        .replace(INVISIBLE, '')
        .replace(PILED_MARKS, '$1')
  return shorten(disarmed(line.trim()), longest)
}

/** At most `longest` characters (code points, so that no pair of surrogates is parted). */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text
  const points = [...text]
  return points.length <= longest ? text : `${points.slice(0, longest - 1).join('')}…`
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Prose from outside, for anywhere within a line. An entity is not markup to a markdown parser, but is the character
 * itself to whatever searches the parsed text for mentions, references, addresses and emoji; those are parted by
 * `<wbr>`, which shows nothing, is not copied, and is allowed by GitHub's sanitizer. What would begin a list at the
 * start of a line does not.
 */
export function text(raw: string, longest = 1000): string {
  return plain(raw, longest)
    .split(/(?<=[@#:])(?=\S)|(?<=GH-)(?=\d)|(?<=www)(?=\.)/iu)
    .map(entities)
    .join('<wbr>')
    .replace(/^([-+]|\d+[.)])(?=[-+\s]|$)/, (start) =>
      start.replace(/.$/, (mark) => `&#${mark.charCodeAt(0)};`),
    )
}

/** A name in a fixed-width face, which mention filters skip too. */
export function code(name: string): string {
  const shown = text(name, LONGEST_NAME)
  return `<code>${shown === '' ? '(no name)' : shown}</code>`
}

/** Intraword underscores never are emphasis, and `error_rate` should be found by a search in the source. */
function entities(raw: string): string {
  return raw.replace(/["#$&*<>@[\\\]_`|~]/g, (character, at: number) => {
    if (character === '_' && /[A-Za-z0-9]/.test(raw[at - 1] ?? '') && /[A-Za-z0-9]/.test(raw[at + 1] ?? ''))
      return character
    return NAMED[character] ?? `&#${character.charCodeAt(0)};`
  })
}

/** Lines in a fenced block that nothing within can close: the fence is longer than any run of backticks inside. */
export function fenced(lines: string, language = ''): string {
  const shown = lines
    .replace(ANSI, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => disarmed(shorten(line.replaceAll('\t', '  ').replace(INVISIBLE, ''), 400)))
    .join('\n')
    .replace(/^\n+|\s+$/g, '')
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}${language}\n${shown}\n${fence}`
}

/** An address as the target of a link: only http and https, without anything that could end the target early. */
export function linkTarget(address: string): string | undefined {
  if (!/^https?:\/\/[^\s/]/i.test(address)) return undefined
  return address.replace(/[\s<>()[\]"'`|\\*_~]/g, (character) =>
    character === '_' ? character : `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
