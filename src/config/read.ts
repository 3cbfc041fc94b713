/** YAML text → plain data, with the place of every key and value. */
import type { Node } from 'yaml'
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  parseDocument,
  visit,
} from 'yaml'
import { UserError } from '../core/errors.ts'

const MOST_CHARACTERS = 1024 * 1024
/** Collections within collections. Far deeper ones exhaust the stack of whatever walks them. */
const MOST_DEPTH = 32
/** What aliases may repeat, in nodes: a few lines of them can stand for thousands of millions. */
const MOST_ALIASED = 1000

export type Path = readonly (string | number)[]

export interface Place {
  readonly line: number
  readonly column: number
}

export interface Source {
  readonly value: unknown
  /** Of the value at a path, or of what is nearest above it. */
  readonly placeOf: (path: Path) => Place
  /** Of the key itself, for a path that ends with one. */
  readonly keyPlaceOf: (path: Path) => Place
}

/** Throws UserError with file, line and column. */
export function readYaml(text: string, file: string): Source {
  if (text.length > MOST_CHARACTERS)
    throw new UserError('the config is larger than 1 MiB', { place: file, remedy: 'move data out of it' })
  checkDepth(text, file)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false })
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const refuse = (offset: number, what: string, remedy?: string): UserError => {
    const { line, column } = at(offset)
    return new UserError(what, {
      place: `${file}:${line}:${column}`,
      ...(remedy === undefined ? {} : { remedy }),
    })
  }
  const fault = [...document.errors, ...document.warnings][0]
  if (fault !== undefined)
    throw refuse(fault.pos[0], describe(fault.code, fault.message), REMEDIES[fault.code])
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) === undefined)
        throw refuse(
          alias.range?.[0] ?? 0,
          `nothing is named "&${alias.source}"`,
          `put a pattern in quotes: "*${alias.source}"`,
        )
    },
    Pair(_, pair) {
      if (isMap(pair.key) || isSeq(pair.key))
        throw refuse(
          pair.key.range?.[0] ?? 0,
          'a key is a map or a list',
          'put text that begins with { or [ in quotes',
        )
      if (isScalar(pair.key) && pair.key.value === '__proto__')
        throw refuse(pair.key.range?.[0] ?? 0, 'the key "__proto__" is not allowed', 'remove it')
      if (isScalar(pair.key) && pair.key.value === 'env' && isMap(pair.value)) keepSpelling(pair.value.items)
    },
  })
  const root = document.contents as Node | null
  return {
    value: toPlain(() => document.toJS({ maxAliasCount: MOST_ALIASED }) as unknown, file),
    placeOf: (path) => at(find(root, path, false)),
    keyPlaceOf: (path) => at(find(root, path, true)),
  }

  /** `PORT: 08080` and `VERSION: 1.10` are meant as they stand, not as the numbers 8080 and 1.1. */
  function keepSpelling(items: readonly unknown[]): void {
    for (const item of items)
      if (isPair(item) && isScalar(item.value) && typeof item.value.value !== 'string' && item.value.source)
        item.value.value = item.value.value === null ? null : item.value.source
  }

  /** Offset of the deepest node on the path that stands in the file. */
  function find(start: Node | null, path: Path, key: boolean): number {
    let node: unknown = resolve(start)
    let offset = start?.range?.[0] ?? 0
    for (const [index, step] of path.entries()) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
        : undefined
      const next: unknown = isMap(node) ? pair?.value : isSeq(node) ? node.items[Number(step)] : undefined
      const keyOffset = isScalar(pair?.key) ? pair.key.range?.[0] : undefined
      if (next === undefined && keyOffset === undefined) return offset
      const nextOffset = (next as Node | undefined)?.range?.[0]
      const last = index === path.length - 1
      const isEmpty = isScalar(next) && next.value === null && next.source === ''
      offset =
        (key && last) || isEmpty ? (keyOffset ?? nextOffset ?? offset) : (nextOffset ?? keyOffset ?? offset)
      node = resolve(next)
    }
    return offset
  }

  function resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(document) : node
  }
}

/** The library builds nodes by recursion: nesting is bounded before, on the flat stream of tokens. */
function checkDepth(text: string, file: string): void {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MOST_DEPTH) {
      const { line, col } = lines.linePos(parser.offset)
      throw new UserError(`nested deeper than ${MOST_DEPTH} levels`, { place: `${file}:${line}:${col}` })
    }
  }
}

function toPlain(convert: () => unknown, file: string): unknown {
  try {
    return convert()
  } catch (error) {
    // The library throws a ReferenceError for more aliases than it may resolve.
    throw new UserError('aliases stand for too much', { place: file, remedy: 'write it out', cause: error })
  }
}

/** The library's messages are for those who know YAML's grammar; the common ones are said in plain words. */
function describe(code: string, message: string): string {
  return DESCRIPTIONS[code] ?? `not valid YAML: ${message.split('\n')[0]!.trim()}`
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'a value that begins with * is an alias in YAML',
  DUPLICATE_KEY: 'this key stands twice in the same map',
  TAB_AS_INDENT: 'a tab is used to indent',
  MULTIPLE_DOCS: 'a second document begins here',
}
const REMEDIES: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'put a pattern in quotes: "*"',
  DUPLICATE_KEY: 'remove one',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'keep one document',
}
