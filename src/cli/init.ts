import type { Describe } from './command.ts'

export const init: Describe = (program) => {
  program
    .command('init')
    .summary('write tailgate.yml and workflows for this repository')
    .description(
      'Looks at the repository for benchmarks and load scripts, and writes tailgate.yml and .github/workflows/tailgate.yml at its top. Files that are there are kept.',
    )
    .option('--dry-run', 'print what would be written, and write nothing')
    .option('--force', 'overwrite files that are there')
    .option('--fork-safe', 'two workflows: pull requests of forks are commented on as well')
    .option('--release-gate', 'a workflow and stricter settings for release branches and tags')
    .option('--branch <name>', 'the default branch (default: as git knows it)')
    .action(async (flags) => {
      const { initCommand } = await import('./init-command.ts')
      await initCommand(flags)
    })
}
