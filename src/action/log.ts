import type { Progress } from '../gate.ts'

/** Rounds at which the log says where a benchmark is. */
const TOLD = new Set([1, 2, 6, 10, 14, 20, 30])

/**
 * A line of the job's log. The runner obeys what looks like a command of its own (`::name::`, `##[name]`), on either
 * stream and after blanks; names of benchmarks are anybody's.
 */
export function inert(line: string): string {
  return `· ${line.replace(/[\u0000-\u001f\u007f]+/g, ' ').replaceAll('##[', '# #[')}`
}

export function say(line: string): void {
  process.stderr.write(`${inert(line)}\n`)
}

export const logged: Progress = {
  say,
  warn: (line) => say(`warning: ${line}`),
  round: ({ benchmark, round, of, note }) => {
    if (TOLD.has(round))
      say(`${benchmark}: round ${round} of at most ${of}${note === undefined ? '' : `, ${note}`}`)
  },
}
