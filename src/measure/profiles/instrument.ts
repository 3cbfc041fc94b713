/** Ways to look into a process that is to be started: an environment for it, and a line around its own. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { lineOf } from '../../core/errors.ts'
import { PRELOAD } from './preload.ts'

export interface Instrument {
  readonly tool: 'node' | 'perf'
  /** What is written goes there. */
  readonly folder: string
  /** What is started in the place of a shell line. */
  line(line: string): string
  /** What the environment of the line gets besides; `given` is what it has. */
  env(given: Readonly<Record<string, string | undefined>>): Record<string, string>
}

/** For Node.js: a program that each process of it loads first. `folder` is made. */
export function nodeInstrument(folder: string): Instrument {
  const output = join(folder, 'profiles')
  const program = join(folder, 'preload.cjs')
  mkdirSync(output, { recursive: true })
  writeFileSync(program, PRELOAD)
  // Quoted as NODE_OPTIONS wants it; slashes do on Windows too.
  const option = `--require "${program.replaceAll('\\', '/').replaceAll('"', '\\"')}"`
  return {
    tool: 'node',
    folder: output,
    line: (line) => line,
    env: ({ NODE_OPTIONS = '' }) => ({
      NODE_OPTIONS: `${NODE_OPTIONS} ${option}`.trim(),
      TAILGATE_PROFILES: output,
    }),
  }
}

/** Samples a second of perf: no multiple of what clocks tick in. */
const RATE = 997
/** In the folder of the instrument. */
export const PERF_DATA = 'profile.perf.data'

/** For everything else, by the kernel. `folder` is made. */
export function perfInstrument(folder: string): Instrument {
  mkdirSync(folder, { recursive: true })
  const data = quoted(join(folder, PERF_DATA))
  return {
    tool: 'perf',
    folder,
    line: (line) => `exec perf record --quiet -e cpu-clock -F ${RATE} -g -o ${data} -- sh -c ${quoted(line)}`,
    env: () => ({}),
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Undefined if perf can be used here; else why not. */
export async function whyNoPerf(folder: string): Promise<string | undefined> {
  const data = join(folder, 'perf-try.data')
  try {
    await promisify(execFile)('perf', [
      'record',
      '--quiet',
      '-e',
      'cpu-clock',
      '-g',
      '-o',
      data,
      '--',
      'true',
    ])
    return undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'perf is not installed'
    const { stderr = '' } = error as { stderr?: string }
    const said = /paranoid/.test(stderr) ? 'the kernel forbids it (perf_event_paranoid)' : lineOf(error)
    return `perf cannot be used: ${said.split('\n')[0]}`
  }
}
