import { UserError } from '../core/errors.ts'

/** Edit distance with neighbouring letters swapped as one slip (optimal string alignment). */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length]!
}

/** `failOn`, `fail_on` and `Fail-On` are one word to whoever types them. */
function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '')
}

/** The known word that was probably meant; undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const meant = plain(word.slice(0, 60))
  let best: string | undefined
  let least = Math.max(1, Math.floor(meant.length / 3)) + 1
  for (const candidate of known) {
    const away = distance(meant, plain(candidate))
    if (away < least) {
      least = away
      best = candidate
    }
  }
  return best
}

/** What to do about a word that nobody knows: `did you mean "threshold"?`, or all that is known. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word.replaceAll('*', ''), known)
  return meant === undefined ? `known: ${known.join(', ')}` : `did you mean "${meant}"?`
}

/** What to say of a word that is none of a few. */
export function unknownWord(word: string, known: readonly string[]): UserError {
  const meant = nearest(word, known)
  return new UserError(
    `"${word}" is not one of ${known.join(', ')}`,
    meant === undefined ? {} : { remedy: `did you mean "${meant}"?` },
  )
}
