import type { Describe } from './command.ts'

export const parse: Describe = (program) => {
  program
    .command('parse')
    .summary("show what a tool's output contains")
    .description("Shows what is found in a tool's output; - reads standard input.")
    .argument('<file...>')
    .option('--format <name>', 'the format of the files', 'auto')
    .option('--json', 'print it as JSON')
    .action(async (files: string[], flags: { format: string; json?: boolean }) => {
      const { parseCommand } = await import('./recorded.ts')
      await parseCommand(files, flags)
    })
}
