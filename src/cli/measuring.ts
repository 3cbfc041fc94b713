/** What measures, loaded as one piece. */
export { abCommand } from './ab-command.ts'
export { calibrateCommand } from './calibrate-command.ts'
export { runCommand } from './run-command.ts'
export { selftestCommand } from './selftest-command.ts'
