import type { Describe } from './command.ts'
import { rounds } from './flags.ts'

export const calibrate: Describe = (program, exit) => {
  program
    .command('calibrate')
    .summary('measure the noise of this machine')
    .description(
      'Measures the benchmarks of the config against themselves: how far they differ from round to round on this machine, the smallest change that can be seen in how many rounds, and settings to match.',
    )
    .option('--config <file>', 'the config', 'tailgate.yml')
    .option('--suite <name>', 'a suite of the config')
    .option('--only <glob>', 'only the benchmarks of this name')
    .option('--rounds <n>', 'how many rounds to measure', rounds, 30)
    .option('--seed <seed>', 'repeat the coin flips of another run')
    .option('--json', 'print it as JSON')
    .option('--quiet', 'no progress')
    .action(async (flags) => {
      const { calibrateCommand } = await import('./measuring.ts')
      exit(await calibrateCommand(flags))
    })
}
