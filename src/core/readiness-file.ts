/** Reads the readiness of an untrusted report. */
import type { Readiness } from './readiness.ts'
import type { Json } from './untrusted.ts'

const MOST = 100_000

export function readReadiness(v: Json): Readiness {
  return {
    score: v.get('score').number(),
    ...v.optional('least', (n) => n.number()),
    categories: v.get('categories').list(1000, (category) => ({
      name: category.get('name').name(),
      weight: category.get('weight').number(),
      share: category.get('share').number(),
      checks: category.get('checks').list(MOST, (check) => ({
        benchmark: check.get('benchmark').name(),
        what: check.get('what').name(),
        state: check.get('state').oneOf(['ready', 'not ready', 'unknown']),
        ...check.optional('reason', (r) => r.string()),
      })),
    })),
  }
}
