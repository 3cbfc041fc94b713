// Which records hold which words, kept up to date with every write.
const split = (text) => new Set(text.toLowerCase().match(/[a-z0-9]+/g))

export function openIndex() {
  const keysOf = new Map()
  const wordsOf = new Map()
  return {
    set: (key, text) => {
      for (const word of wordsOf.get(key) ?? []) keysOf.get(word).delete(key)
      const words = split(text)
      wordsOf.set(key, words)
      for (const word of words) {
        if (!keysOf.has(word)) keysOf.set(word, new Set())
        keysOf.get(word).add(key)
      }
    },
    /** The first ten keys whose records hold all the words. */
    search: (text) => {
      const sets = [...split(text)]
        .map((word) => keysOf.get(word) ?? new Set())
        .sort((a, b) => a.size - b.size)
      const found = []
      for (const key of sets[0] ?? []) {
        if (sets.every((set) => set.has(key))) found.push(key)
        if (found.length === 10) break
      }
      return found
    },
  }
}

export const holds = (text, words) => {
  const own = split(text)
  return [...split(words)].every((word) => own.has(word))
}
