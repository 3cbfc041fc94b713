import { Command, CommanderError } from 'commander'
import { lineOf, UserError } from '../core/errors.ts'
import { VERSION } from '../version.ts'
import type { Describe } from './command.ts'
import * as commands from './index.ts'

/** Exit codes: 0 passed, 1 the gate failed, 2 could not judge, 130/143 on a signal. */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0
  const program = new Command('tailgate')
    .description(
      'The performance gate: runs benchmarks, compares whole latency distributions, fails on a regression.',
    )
    .version(VERSION, '-V, --version')
    .option('--debug', 'show a stack trace with an error')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'tailgate: ')) })
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', EXIT_CODES)
  for (const describe of describedFor(args))
    describe(program, (answer) => {
      code = answer
    })
  for (const command of program.commands)
    command.exitOverride().option('--debug', 'show a stack trace with an error')
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    // Help and version end by an exception of exit code 0; wrong usage has been told by then.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    process.stderr.write(`tailgate: ${lineOf(error)}\n`)
    const isOurFault = !(error instanceof UserError)
    if (args.includes('--debug')) process.stderr.write(`${(error as Error).stack ?? ''}\n`)
    else if (isOurFault) process.stderr.write('tailgate: this is a fault of tailgate; --debug shows where\n')
    return 2
  }
}

/** The command that is asked for; all of them where none is, for help and for a slip of the pen. */
function describedFor([first]: readonly string[]): readonly Describe[] {
  const asked = Object.entries(commands).filter(([name]) => name === first)
  return (asked.length === 1 ? asked : Object.entries(commands)).map(([, describe]) => describe)
}

const EXIT_CODES = `
Exit codes: 0 passed · 1 the gate failed · 2 could not judge · 130, 143 on a signal`
