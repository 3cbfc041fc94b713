/** The commands, one line each. */

export { ab } from './ab.ts'
export { calibrate } from './calibrate.ts'
export { compare } from './compare.ts'
export { init } from './init.ts'
export { merge } from './merge.ts'
export { parse } from './parse.ts'
export { report } from './report.ts'
export { run } from './run.ts'
export { selftest } from './selftest.ts'
