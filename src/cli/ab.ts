import { parseDuration, parseThreshold } from '../config/figures.ts'
import type { Describe } from './command.ts'
import { figure, rounds, statistics } from './flags.ts'

export const ab: Describe = (program, exit) => {
  program
    .command('ab')
    .summary('measure two commands in turn: is the second slower?')
    .description(
      'Runs two commands in turn, in random order, until it can be told whether B is slower than A. Without a format, the wall time of the command itself is judged.',
    )
    .argument('<A>', 'a shell command')
    .argument('<B>', 'a shell command')
    .option('--rounds <n>', 'the most rounds', rounds, 30)
    .option('--format <name>', 'judge what the commands print, in this format (auto: found by content)')
    .option(
      '--threshold <change>',
      'the change for the worse that is tolerated (default 5%)',
      figure(parseThreshold),
    )
    .option('--statistics <list>', 'what is judged of a latency', statistics)
    .option('--time <duration>', 'for all measuring together', figure(parseDuration), 600_000)
    .option('--seed <seed>', 'repeat the coin flips of another run')
    .option('--json', 'print the report as JSON')
    .option('--markdown', 'print the report as markdown')
    .option('--quiet', 'no progress')
    .action(async (a: string, b: string, flags) => {
      const { abCommand } = await import('./measuring.ts')
      exit(await abCommand({ a, b, ...flags }, flags))
    })
}
