/** `tailgate parse`, once it is asked for. */
import { describeParsed } from '../core/describe.ts'
import { ingest } from '../ingest.ts'
import { showParsed } from '../reporters/parsed.ts'

export async function parseCommand(
  files: readonly string[],
  flags: { format: string; json?: boolean },
): Promise<void> {
  for (const file of files) {
    const parsed = await ingest(file, flags.format)
    const shown = flags.json ? JSON.stringify(describeParsed(parsed), null, 2) : showParsed(parsed)
    const title = files.length > 1 && flags.json !== true ? `${file}\n` : ''
    process.stdout.write(`${title}${shown}\n`)
  }
}
