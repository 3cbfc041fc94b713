/**
 * Which keys the beginning of a JSON text has, as paths (`results[].command`), however they are ordered, spaced or cut:
 * what formats are told apart by.
 */
export interface Outline {
  /** What the text opens with; `none`: no JSON. */
  readonly root: 'object' | 'array' | 'none'
  has(...paths: string[]): boolean
  /** The first string found at a path. */
  text(path: string): string | undefined
  /** The keys of the root object, or of the first objects in a root array, as far as they were seen. */
  readonly keys: readonly string[]
  /** The keys at each depth of objects within objects, the root's first; an array counts as a depth and has no keys. */
  readonly levels: readonly ReadonlySet<string>[]
}

const DEPTH = 8
const PATHS = 4000
const TOKEN = /[ \t\n\r]*(?:([{}[\],:])|"((?:[^"\\]|\\.)*)"|([^\s{}[\],:"]+))/y

let last: { text: string; outline: Outline } | undefined

/** The outline of the first JSON value of the text; every format asks, so the last one is kept. */
export function outlineOf(start: string): Outline {
  if (last === undefined || last.text !== start) last = { text: start, outline: draw(start) }
  return last.outline
}

function draw(start: string): Outline {
  const strings = new Map<string, string | undefined>()
  const keys: string[] = []
  const levels: Set<string>[] = []
  const first = /^\s*([{[])/.exec(start)?.[1]
  if (first !== undefined) walk(start, strings, keys, levels)
  return {
    root: first === undefined ? 'none' : first === '{' ? 'object' : 'array',
    has: (...paths) => paths.every((path) => strings.has(path)),
    text: (path) => strings.get(path),
    keys,
    levels,
  }
}

function walk(
  start: string,
  strings: Map<string, string | undefined>,
  keys: string[],
  levels: Set<string>[],
): void {
  const open: { mark: string; path: string }[] = []
  let key: string | undefined
  let at = 0
  let path = ''
  for (;;) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(start)
    if (token === null) return
    at = TOKEN.lastIndex
    const [, mark, string] = token
    const within = open.at(-1)
    if (mark === '{' || mark === '[') {
      const here = within === undefined ? '' : within.mark === '[' ? within.path : path
      open.push({ mark, path: mark === '[' ? `${here}[]` : here })
      if (mark === '[' && open.length <= DEPTH) strings.set(`${here}[]`, strings.get(`${here}[]`))
      key = undefined
    } else if (mark === '}' || mark === ']') {
      open.pop()
      key = undefined
      if (open.length === 0) return
    } else if (mark === ',') key = undefined
    else if (within === undefined) return
    else if (mark === undefined && within.mark === '{' && key === undefined && string !== undefined) {
      key = string
      path = within.path === '' ? key : `${within.path}.${key}`
      if (within.path === '' || within.path === '[]') if (keys.length < 200) keys.push(key)
      if (open.length <= DEPTH) {
        levels[open.length - 1] ??= new Set()
        if (strings.size < PATHS) levels[open.length - 1]!.add(key)
      }
      if (open.length <= DEPTH && strings.size < PATHS && path.length < 300 && !strings.has(path))
        strings.set(path, undefined)
    } else if (string !== undefined) {
      const place = within.mark === '[' ? within.path : path
      if (strings.has(place) && strings.get(place) === undefined) strings.set(place, string.slice(0, 200))
    }
  }
}
