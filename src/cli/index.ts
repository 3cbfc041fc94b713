/** The commands, one line each. */

export { compare } from './compare.ts'
export { parse } from './parse.ts'
export { run } from './run.ts'
