/** Rounds made up of a seeded log-normal, written as a directory of `samples`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Uniform in (0, 1): a linear congruential generator is random enough for made-up noise. */
export function generator(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
}

export interface Made {
  readonly rounds: number
  readonly seed: number
  /** µs. */
  readonly level?: number
  readonly operations?: number
  /** Relative spread between rounds. */
  readonly spread?: number
  readonly name?: string
  readonly unit?: string
}

export function roundTexts({
  rounds,
  seed,
  level = 100,
  operations = 400,
  spread = 0.01,
  name = 'made',
  unit = 'us',
}: Made): string[] {
  const random = generator(seed)
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: rounds }, () => {
    const round = level * Math.exp(spread * normal())
    const values = Array.from({ length: operations }, () =>
      Number((round * Math.exp(0.1 * normal())).toFixed(4)),
    )
    return `${JSON.stringify({ benchmark: name, metric: 'latency', unit, values })}\n`
  })
}

/** A directory whose files in name order are the rounds. */
export function writeRounds(folder: string, made: Made): string {
  mkdirSync(folder, { recursive: true })
  for (const [i, text] of roundTexts(made).entries())
    writeFileSync(join(folder, `round-${i + 1}.ndjson`), text)
  return folder
}
