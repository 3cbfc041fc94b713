import type { Describe } from './command.ts'
import { rounds } from './flags.ts'

export const run: Describe = (program, exit) => {
  program
    .command('run')
    .summary('measure base and head, judge, report')
    .description(
      'Runs the benchmarks of the config in rounds, base and head in turn, judges every statistic, and reports. The working tree is not touched.',
    )
    .option('--config <file>', 'the config', 'tailgate.yml')
    .option('--suite <name>', 'a suite of the config')
    .option('--only <glob>', 'only the benchmarks of this name')
    .option('--shard <i/n>', 'the i-th of n parts of the suite, each for a machine of its own')
    .option(
      '--durations <run>',
      'a saved run: by its seconds the suite is split into parts (default: all count alike)',
    )
    .option('--compare <mode>', 'auto, base, history, sides or none')
    .option(
      '--base <ref>',
      'what to compare with: head is compared with its merge base (default: the default branch)',
    )
    .option('--baseline <dir>', 'a folder of stored runs instead of the config’s store')
    .option('--threshold <change>', 'the change for the worse that is tolerated: 5%')
    .option('--fail-on <list>', 'regression,budget,missing,error; also inconclusive,no-baseline')
    .option('--rounds <n>', 'the most rounds', rounds)
    .option('--time <duration>', 'for all measuring together: 10m')
    .option('--profile', 'run what is regressed once more under a profiler: which functions grew')
    .option('--seed <seed>', 'repeat the coin flips of another run')
    .option('--save <file>', 'keep head’s run; base’s beside it as FILE.base')
    .option('--save-baseline', 'store head’s run as a baseline, as a push to the default branch does')
    .option('--report <dir>', 'the report in every shape into a folder, profiles, and what services printed')
    .option('--json', 'print the report as JSON')
    .option('--markdown', 'print the report as the comment of a pull request')
    .option('--dry-run', 'say what would be done and how long it takes, and do nothing')
    .option('--quiet', 'no progress')
    .option('--verbose', 'a line for every round')
    .action(async (flags) => {
      const { runCommand } = await import('./measuring.ts')
      exit(await runCommand(flags))
    })
}
