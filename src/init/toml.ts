/** As much of TOML as is needed to see what a manifest declares: tables, and the text of each key. */
export interface Table {
  /** `dev-dependencies`, `dependencies.criterion`; `` before the first. */
  readonly name: string
  /** `[[bench]]`: one of several. */
  readonly listed: boolean
  readonly keys: ReadonlyMap<string, string>
}

export function tablesOf(text: string): Table[] {
  const tables = [{ name: '', listed: false, keys: new Map<string, string>() }]
  let open: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const current = tables.at(-1)!
    // A list over several lines goes on until its bracket closes.
    if (open !== undefined) {
      current.keys.set(open, `${current.keys.get(open)!}\n${line}`)
      if (/^\s*[\]}]/.test(line)) open = undefined
      continue
    }
    const header = /^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$/.exec(line)
    const [, key, value] = /^\s*("[^"]+"|[\w.-]+)\s*=\s*(.*)$/.exec(line) ?? []
    if (header !== null) tables.push({ name: header[2]!, listed: header[1] === '[[', keys: new Map() })
    else if (key !== undefined && value !== undefined) {
      const name = key.replaceAll('"', '')
      current.keys.set(name, value)
      if (/^[[{]\s*(?:#.*)?$/.test(value)) open = name
    }
  }
  return tables
}

/** The text of a key without quotes; undefined if it is none. */
export function textOf(table: Table | undefined, key: string): string | undefined {
  return /^(["'])(.*?)\1/.exec(table?.keys.get(key) ?? '')?.[2]
}
