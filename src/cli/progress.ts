import type { Progress } from '../gate.ts'

export interface Loudness {
  readonly quiet?: boolean
  readonly verbose?: boolean
}

/** Rounds at which a plain log says where it is. */
const TOLD = new Set([1, 2, 6, 10, 14, 20, 30])

/** On a terminal one live line a moment; else plain lines, a few a benchmark. Warnings are always said. */
export function progressOn(stream: NodeJS.WriteStream, { quiet, verbose }: Loudness): Progress {
  const live = stream.isTTY === true && process.env.TERM !== 'dumb' && quiet !== true
  let shown = false
  const clear = () => {
    if (shown) stream.write('\r\u001b[K')
    shown = false
  }
  const line = (text: string) => {
    clear()
    stream.write(`${text}\n`)
  }
  return {
    say: (text) => {
      if (quiet !== true) line(text)
    },
    warn: (text) => line(`warning: ${text}`),
    round: ({ benchmark, round, of, note, passing }) => {
      if (quiet === true || (passing === true && (!live || verbose === true))) return
      const text = `${benchmark}: round ${round} of at most ${of}${note === undefined ? '' : `, ${note}`}`
      if (live && verbose !== true) {
        clear()
        stream.write(text.slice(0, Math.max(20, (stream.columns ?? 80) - 1)))
        shown = true
      } else if (verbose === true || TOLD.has(round)) line(text)
    },
  }
}
