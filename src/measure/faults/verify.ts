/** Asks the suite's own command how much was lost. */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { lastWords, runLine, troubleOf } from '../process.ts'
import type { Scene } from './fault.ts'

export type Loss =
  | { readonly kind: 'told'; readonly lost: number; readonly words: string }
  | { readonly kind: 'error'; readonly reason: string }

/** Of standard output. */
const END = 4096
/** A whole line of it. */
const NO_NUMBER = /^(?:nan|undefined|null|none|nil|[-+]?inf(?:inity)?)$/i

/**
 * The last line of its output that is a whole number is how many records are lost. An exit code of 0 without one is
 * none; any other without one is at least one. One that cannot run says nothing, which is an error.
 */
export async function verifyLoss(line: string, timeout: number, scene: Scene): Promise<Loss> {
  const scratch = mkdtempSync(join(scene.scratch, 'verify-'))
  const { folder, env, signal } = scene
  const ended = await runLine({ line, folder, env, timeout, signal, scratch })
  const { ending } = ended
  const words = lastWords(ended)
  const trouble = troubleOf(ending)
  const ran = ending.kind === 'exited' && ending.code < 126
  if (!ran)
    return { kind: 'error', reason: [`verify \`${line}\`: ${trouble}`, words].filter(Boolean).join(': ') }
  const lines = endOfFile(ended.stdout).split('\n')
  // What has counted with something that is not there has counted nothing.
  const none = lines.map((text) => text.trim()).find((text) => NO_NUMBER.test(text))
  if (none !== undefined)
    return { kind: 'error', reason: `verify \`${line}\` told ${none}, which is no number of records` }
  const numbers = lines.filter((text) => /^\s*\d+\s*$/.test(text))
  const told = numbers.length === 0 ? undefined : Number(numbers.at(-1))
  const least = ending.code === 0 ? 0 : 1
  return { kind: 'told', lost: Math.max(least, told ?? 0), words }
}

function endOfFile(file: string): string {
  const handle = openSync(file, 'r')
  try {
    const { size } = fstatSync(handle)
    const buffer = Buffer.alloc(Math.min(END, size))
    readSync(handle, buffer, 0, buffer.length, size - buffer.length)
    return buffer.toString('utf8')
  } finally {
    closeSync(handle)
  }
}
