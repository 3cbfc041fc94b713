import type { Describe } from './command.ts'

export const merge: Describe = (program) => {
  program
    .command('merge')
    .summary('one run of shards, or of many load generators')
    .description(
      'Makes one saved run of several: of the shards of a suite, or of load generators that ran at the same time. Histograms are merged without loss.',
    )
    .argument('<run...>', 'saved runs, or outputs of a tool')
    .requiredOption('-o, --output <file>', 'where the run is written')
    .option('--format <name>', 'the format of outputs', 'auto')
    .action(async (files: string[], flags: { output: string; format: string }) => {
      const { mergeCommand } = await import('./merge-command.ts')
      await mergeCommand(files, flags)
    })
}
