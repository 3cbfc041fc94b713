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
      const { ingest } = await import('../ingest.ts')
      for (const file of files) {
        const parsed = await ingest(file, flags.format)
        if (flags.json) {
          const { describeParsed } = await import('../core/describe.ts')
          process.stdout.write(`${JSON.stringify(describeParsed(parsed), null, 2)}\n`)
        } else {
          const { showParsed } = await import('../reporters/parsed.ts')
          process.stdout.write(`${files.length > 1 ? `${file}\n` : ''}${showParsed(parsed)}\n`)
        }
      }
    })
}
