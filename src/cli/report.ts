import type { Describe } from './command.ts'

export const report: Describe = (program) => {
  program
    .command('report')
    .summary('the HTML report of a saved run or report')
    .description(
      'Writes one HTML page that opens from disk and needs nothing else: of a report (report.json of --report DIR, or what --json prints), or of a saved run alone.',
    )
    .argument('<file>', 'a saved run, or a report as JSON')
    .option('-o, --output <file>', 'where the page is written; - is standard output', 'report.html')
    .action(async (file: string, flags: { output: string }) => {
      const { reportCommand } = await import('./report-command.ts')
      await reportCommand(file, flags.output)
    })
}
