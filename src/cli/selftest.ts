import { InvalidArgumentError } from 'commander'
import type { Describe } from './command.ts'
import { rounds } from './flags.ts'

export const selftest: Describe = (program, exit) => {
  program
    .command('selftest')
    .summary('prove that this gate can turn red')
    .description(
      'Measures the benchmarks of the config against themselves, makes the measured rounds slower, and fails unless every benchmark turns red; and fails if anything is red when nothing was changed.',
    )
    .option('--config <file>', 'the config', 'tailgate.yml')
    .option('--suite <name>', 'a suite of the config')
    .option('--only <glob>', 'only the benchmarks of this name')
    .option('--mutate <percent>', 'how much slower (default: twice the largest threshold)', percent)
    .option('--rounds <n>', 'the most rounds (default: those of the config)', rounds)
    .option('--seed <seed>', 'repeat the coin flips of another run')
    .option('--json', 'print it as JSON')
    .option('--quiet', 'no progress')
    .action(async (flags) => {
      const { selftestCommand } = await import('./measuring.ts')
      exit(await selftestCommand(flags))
    })
}

/** `20` or `20%`. */
function percent(text: string): number {
  const value = Number(text.replace(/%$/, ''))
  if (!(value > 0 && value < 10_000))
    throw new InvalidArgumentError('expected a percentage above 0, such as 20')
  return value / 100
}
