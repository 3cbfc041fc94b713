/** `tailgate report`, once it is asked for. */
import { open, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../core/errors.ts'
import { readReport } from '../core/report-file.ts'
import type { Run } from '../core/run.ts'
import { reportOfRun } from '../core/run-report.ts'
import { parseUntrusted } from '../core/untrusted.ts'
import { html } from '../reporters/html.ts'
import { many } from '../reporters/quantities.ts'
import { short } from '../reporters/surroundings.ts'
import { loadRun } from '../stores/run-file.ts'

const MIB = 1024 * 1024
/** Bytes of a report: one of 500 benchmarks of 30 rounds has about 4 MiB. */
const MOST = 256 * MIB

export async function reportCommand(file: string, output: string): Promise<void> {
  const page = await pageOf(file)
  if (output === '-') {
    process.stdout.write(page)
    return
  }
  await writeFile(output, page).catch((error: Error) => {
    throw new UserError(`cannot be written: ${error.message}`, { place: output, cause: error })
  })
  process.stderr.write(`written: ${output}\n`)
}

async function pageOf(file: string): Promise<string> {
  const text = await readText(file)
  if (text === 'packed' || /^\uFEFF?\s*\{\s*"schema"\s*:\s*"tailgate-run\//.test(text)) {
    const run = await loadRun(file)
    return html(reportOfRun(run, basename(file)), { title: titleOf(run) })
  }
  const root = parseUntrusted(text.replace(/^\uFEFF/, ''), file)
  if (!root.has('schema'))
    throw new UserError('is neither a saved run nor a report', {
      place: file,
      remedy:
        'make one with `tailgate run --save FILE` or `--report DIR`; tailgate parse shows the output of a tool',
    })
  return html(readReport(root))
}

/** Gzipped files are saved runs, and read where those are read. */
async function readText(file: string): Promise<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    const what = error.code === 'ENOENT' ? 'there is no such file' : `cannot be read: ${error.message}`
    throw new UserError(what, { place: file, cause: error })
  })
  try {
    const found = await handle.stat()
    if (!found.isFile()) throw new UserError('is not a file', { place: file, remedy: 'name its report.json' })
    if (found.size > MOST)
      throw new UserError(`is larger than ${MOST / MIB} MiB: not a report`, { place: file })
    const bytes = await handle.readFile()
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? 'packed' : bytes.toString('utf8')
  } finally {
    await handle.close()
  }
}

/** What stands where the verdict of a report stands. */
function titleOf({ benchmarks, commit, ref, time }: Run): string {
  const at = [commit && short(commit), ref && `(${ref})`].filter(Boolean).join(' ')
  const when =
    time === undefined ? '' : `, measured ${time.replace('T', ' ').replace(/(:\d\d)(\.\d+)?Z$/, '$1 UTC')}`
  return `A run of ${many(benchmarks.length, 'benchmark')}${at === '' ? '' : ` at ${at}`}${when}; nothing was compared`
}
