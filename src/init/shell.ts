/** A word of a `sh -c` line. */
export function word(text: string): string {
  return /^[\w./@:=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** The line in a folder of the repository; `` is its top. */
export function within(folder: string, line: string): string {
  return folder === '' ? line : `cd ${word(folder)} && ${line}`
}

/** The same among others: it must not leave them in another folder. */
export function asideIn(folder: string, line: string): string {
  return folder === '' ? line : `(cd ${word(folder)} && ${line})`
}

/** `a/b` of a folder, as a path from the top. */
export function under(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

/** `a.ts`, `a.ts and b.ts`, `a.ts and 3 more`. */
export function someOf(paths: readonly string[]): string {
  const [first = '', second] = paths
  if (second === undefined) return first
  return paths.length === 2 ? `${first} and ${second}` : `${first} and ${paths.length - 1} more`
}
