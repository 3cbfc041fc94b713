/** Lists of figures as text of four characters each, so that five hundred benchmarks of thirty rounds fit into a page. */

/** Figures between `from` and `to` in 2^24 − 1 steps. */
export interface Packed {
  readonly from: number
  readonly to: number
  readonly text: string
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const WIDTH = 4
const STEPS = 64 ** WIDTH - 2
/** A round without a figure: one step more than any figure has. */
const NONE = STEPS + 1

/** Precise to a sixteen-millionth of what lies between the smallest and the largest. */
export function pack(values: readonly (number | null)[]): Packed {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  const from = known.reduce((least, value) => Math.min(least, value), known[0] ?? 0)
  const to = known.reduce((most, value) => Math.max(most, value), known[0] ?? 0)
  const span = to - from
  const text = values.map((value) => {
    if (value === null || !Number.isFinite(value)) return word(NONE)
    return word(span > 0 ? Math.round(((value - from) / span) * STEPS) : 0)
  })
  return { from: brief(from), to: brief(to), text: text.join('') }
}

export function unpack({ from, to, text }: Packed): (number | null)[] {
  return Array.from({ length: text.length / WIDTH }, (_, i) => {
    let step = 0
    for (const letter of text.slice(i * WIDTH, (i + 1) * WIDTH)) step = step * 64 + ALPHABET.indexOf(letter)
    return step === NONE ? null : from + (step / STEPS) * (to - from)
  })
}

function word(step: number): string {
  let letters = ''
  for (let rest = step, i = 0; i < WIDTH; i++, rest = Math.floor(rest / 64))
    letters = ALPHABET[rest % 64]! + letters
  return letters
}

/** Nine digits are finer than any clock, and shorter than what a double prints. */
function brief(value: number): number {
  return Number(value.toPrecision(9))
}
