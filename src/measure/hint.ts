/** What to do when a script in a copy of the repository misses something. */

/** What Node, Python, Ruby, shells, Rust and C say when something is not there. */
const MISSING =
  /Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|ModuleNotFoundError|No module named|cannot load such file|command not found|: not found|No such file or directory|ENOENT|cannot open shared object/

/** A remedy if the text reads as if a file were missing that git does not keep. */
export function missingFileRemedy(text: string): string | undefined {
  if (!MISSING.test(text)) return undefined
  return 'ignored files such as node_modules are not in the copies that are measured: make them with `build:`, or link them with `carry:`'
}
