import { plain } from '../escape.ts'

/** Element ids of benchmarks: readable in an address, each once, and none that the page uses for itself. */
export function anchors(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map((name) => {
      const stem = `b-${plain(name, 80).replace(/[^\p{L}\p{N}._/=,[\]-]+/gu, '-')}`
      let id = stem
      for (let i = 2; taken.has(id); i++) id = `${stem}-${i}`
      taken.add(id)
      return [name, id]
    }),
  )
}

/** As the target of a link within the page. */
export function hrefOf(id: string): string {
  return `#${encodeURI(id)}`
}
