/** What works on recorded results, loaded as one piece: a start pays by the file. */
export { compareCommand } from './compare-command.ts'
export { parseCommand } from './parse-command.ts'
