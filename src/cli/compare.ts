import { parseThreshold } from '../config/figures.ts'
import type { Describe } from './command.ts'
import { figure, statistics } from './flags.ts'

export const compare: Describe = (program, exit) => {
  program
    .command('compare')
    .summary('judge recorded results')
    .description(
      'Judges recorded results. BASE and HEAD are each a file of a known tool, a saved run, or a directory whose files in name order are the rounds.',
    )
    .argument('<base>')
    .argument('<head>')
    .option('--paired', 'round i of both was taken together, in random order')
    .option('--format <name>', 'the format of the files', 'auto')
    .option(
      '--threshold <change>',
      'the change for the worse that is tolerated (default 5%)',
      figure(parseThreshold),
    )
    .option('--statistics <list>', 'what is judged of a latency (default p50,p95,p99)', statistics)
    .option('--json', 'print the report as JSON')
    .option('--markdown', 'print the report as the comment of a pull request')
    .action(async (base: string, head: string, flags) => {
      const { compareCommand } = await import('./recorded.ts')
      exit(await compareCommand({ base, head, ...flags, paired: flags.paired === true }, flags))
    })
}
