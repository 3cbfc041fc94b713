import { FormatError } from './format.ts'

/** What an XML text consists of, as far as the outputs of tools need it. */
export type XmlEvent =
  | {
      readonly kind: 'open'
      readonly name: string
      readonly attributes: ReadonlyMap<string, string>
      readonly line: number
    }
  | { readonly kind: 'close'; readonly name: string; readonly line: number }

const TAG =
  /<(?:!--[\s\S]*?-->|\?[\s\S]*?\?>|!\[CDATA\[[\s\S]*?\]\]>|!DOCTYPE[^>[]*>|(\/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>)/y
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const DEPTH = 200

/**
 * The elements of an XML text in order; text between them, comments and processing instructions are passed over, and no
 * entity is defined but the five of XML and characters by number. Throws FormatError with the line where the tags do
 * not match or the text ends within one.
 */
export function* readXml(text: string): Generator<XmlEvent> {
  const open: string[] = []
  let line = 1
  let seen = 0
  const lineAt = (at: number) => {
    for (let i = text.indexOf('\n', seen); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line++
    seen = at
    return line
  }
  let rooted = false
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    TAG.lastIndex = at
    const tag = TAG.exec(text)
    const here = lineAt(at)
    if (tag === null) throw new FormatError(here, 'this is no XML tag', 'was the output cut short?')
    at = TAG.lastIndex
    const [, closing, name, attributes = '', empty] = tag
    if (name === undefined) continue
    if (closing === '/') {
      if (open.pop() !== name) throw new FormatError(here, `</${name}> closes nothing`)
      yield { kind: 'close', name, line: here }
      continue
    }
    rooted = true
    yield { kind: 'open', name, attributes: attributesOf(attributes), line: here }
    if (empty === '/') yield { kind: 'close', name, line: here }
    else if (open.push(name) > DEPTH) throw new FormatError(here, `elements are nested deeper than ${DEPTH}`)
  }
  if (!rooted) throw new FormatError(undefined, 'there is no XML element in it')
  if (open.length > 0)
    throw new FormatError(lineAt(text.length), `<${open.at(-1)}> is not closed`, 'was the output cut short?')
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE))
    found.set(name!, plain(double ?? single ?? ''))
  return found
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function plain(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[name as string] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal)
      return code <= 0x10ffff && code > 0 ? String.fromCodePoint(code) : whole
    },
  )
}
