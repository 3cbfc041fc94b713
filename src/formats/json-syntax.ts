/** Where the syntax of a JSON text breaks, 1-based. The engine's own message tells it differently in every version. */
export interface Broken {
  readonly line: number
  readonly column: number
  /** The text is over before the value is. */
  readonly ended: boolean
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y

/** What may come next: a value, a value or `]`, a key, a key or `}`, a colon, a comma or the close of what is open. */
type Expect = 'value' | 'item' | 'key' | 'member' | 'colon' | 'after'

/** Reads tokens until one is out of place. Keeps a stack of its own, so depth costs no recursion. */
export function brokenAt(text: string): Broken {
  const open: string[] = []
  let expect: Expect = 'value'
  let at = 0
  for (;;) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)
    if (token === null) return locate(text, at)
    const [, mark, string] = token
    const start = TOKEN.lastIndex - (mark ?? string ?? token[3] ?? '').length
    let fits = true
    if (expect === 'colon') {
      fits = mark === ':'
      expect = 'value'
    } else if (expect === 'after') {
      const within = open.at(-1)
      if (mark === ',' && within !== undefined) expect = within === '{' ? 'key' : 'value'
      else if ((mark === '}' && within === '{') || (mark === ']' && within === '[')) open.pop()
      else fits = false
    } else if (string !== undefined && (expect === 'key' || expect === 'member')) expect = 'colon'
    else if ((mark === '}' && expect === 'member') || (mark === ']' && expect === 'item')) {
      open.pop()
      expect = 'after'
    } else if (expect === 'key' || expect === 'member') fits = false
    else if (mark === '{' || mark === '[') {
      open.push(mark)
      expect = mark === '{' ? 'member' : 'item'
    } else if (mark === undefined) expect = 'after'
    else fits = false
    if (!fits) return locate(text, start)
    at = TOKEN.lastIndex
  }
}

function locate(text: string, from: number): Broken {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++
  // A string, a word or a number that runs to the very end was cut there.
  const ended =
    at >= text.length || /^(?:"(?:[^"\\\x00-\x1f]|\\.)*\\?|[\w.+-]{1,40})$/.test(text.slice(at, at + 65536))
  const stop = ended ? text.length : at
  let line = 1
  let lineStart = 0
  for (let i = text.indexOf('\n'); i !== -1 && i < stop; i = text.indexOf('\n', i + 1)) {
    line++
    lineStart = i + 1
  }
  return { line, column: stop - lineStart + 1, ended }
}
