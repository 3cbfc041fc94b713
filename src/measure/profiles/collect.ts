/** What an instrument has written, read into stacks. */
import { spawn } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { UserError } from '../../core/errors.ts'
import { readCpuProfile } from '../../core/profile/cpu-profile.ts'
import { DEEPEST_HEAP, readHeapProfile } from '../../core/profile/heap-profile.ts'
import { perfReader } from '../../core/profile/perf-script.ts'
import type { Stacks } from '../../core/profile/stacks.ts'
import { parseUntrusted } from '../../core/untrusted.ts'
import { type Instrument, PERF_DATA } from './instrument.ts'

export interface Collected {
  readonly processor: readonly Stacks[]
  readonly memory: readonly Stacks[]
  /** Paths of profiles as their tools read them. */
  readonly files: readonly string[]
}

/** Bytes. A second has about 100 kB. */
const MOST_FILE = 128 * 2 ** 20
const MOST_ALL = 512 * 2 ** 20
const MOST_FILES = 800
/** Characters of what perf prints. */
const MOST_TEXT = 2 ** 30

/** A file that is cut or strange is passed over: its process was ended while it wrote. */
export async function collectProfiles(instrument: Instrument, signal: AbortSignal): Promise<Collected> {
  if (instrument.tool === 'perf') return collectPerf(join(instrument.folder, PERF_DATA), signal)
  const files = filesIn(instrument.folder)
  const of = (kind: string, read: (file: string) => Stacks) =>
    files.filter((file) => file.endsWith(kind)).flatMap((file) => readable(file, read))
  return {
    processor: of('.cpuprofile', (file) => readCpuProfile(parseUntrusted(readFileSync(file, 'utf8'), file))),
    memory: of('.heapprofile', (file) =>
      readHeapProfile(parseUntrusted(readFileSync(file, 'utf8'), file, DEEPEST_HEAP)),
    ),
    files,
  }
}

/** Plain files of a size that can be read: the folder is open to whatever is profiled. */
function filesIn(folder: string): string[] {
  let left = MOST_ALL
  return readdirSync(folder)
    .filter((name) => /\.(?:cpu|heap)profile$/.test(name))
    .sort()
    .slice(0, MOST_FILES)
    .map((name) => join(folder, name))
    .filter((file) => {
      const found = lstatSync(file)
      if (!found.isFile() || found.size > Math.min(MOST_FILE, left)) return false
      left -= found.size
      return true
    })
}

function readable(file: string, read: (file: string) => Stacks): Stacks[] {
  try {
    return [read(file)]
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

async function collectPerf(data: string, signal: AbortSignal): Promise<Collected> {
  if (!existsSync(data)) return { processor: [], memory: [], files: [] }
  const fields = 'comm,time,period,event,ip,sym,dso'
  const child = spawn('perf', ['script', '--no-inline', '-i', data, '-F', fields], {
    stdio: ['ignore', 'pipe', 'ignore'],
    signal,
  })
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  })
  const reader = perfReader()
  let read = 0
  for await (const line of createInterface({ input: child.stdout })) {
    reader.line(line)
    read += line.length
    if (read > MOST_TEXT) {
      child.kill()
      break
    }
  }
  await ended
  const stacks = reader.stacks()
  return { processor: stacks.nodes.length === 0 ? [] : [stacks], memory: [], files: [data] }
}
