import type { BaselineStore, Found } from '../gate.ts'

/**
 * One store, and another for when it has nothing: the Actions cache forgets after seven quiet days, artifacts cannot be
 * listed without `actions: read`. Saved in both, so that either can stand in; what the first says decides otherwise.
 */
export function withFallback(first: BaselineStore, second: BaselineStore): BaselineStore {
  return {
    name: first.name,

    async find(query): Promise<Found> {
      const found = await first.find(query)
      if (found.kind === 'found') return found
      const other = await second.find(query)
      if (other.kind === 'found') return { ...other, source: `${other.source}, because ${found.reason}` }
      return { ...found, reason: `${found.reason}; ${second.name}: ${other.reason}` }
    },

    async save(run, query, keep) {
      const [kept, copy] = [await first.save(run, query, keep), await second.save(run, query, keep)]
      if (kept.saved || copy.saved) return { saved: true }
      return { saved: false, reason: `${kept.reason}; ${second.name}: ${copy.reason}` }
    },
  }
}
