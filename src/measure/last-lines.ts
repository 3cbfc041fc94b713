/** The end of a file that a script wrote, for a message. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Escape sequences of terminals (ECMA-48: CSI, OSC, two-character ones) and control characters but the line feed. */
const NOISE =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-Z\\-_]|[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g

/** Lines that tell a reader nothing where space is short: stack frames and Node's own last word. */
const DULL = /^\s*(?:at .+[):\d>]|Node\.js v\d[\w.-]*|\^+|\})\s*$/

/** The last bytes of a file as text; empty when there is none. */
export function endOf(file: string, bytes = 16_384): string {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch {
    return ''
  }
  try {
    const size = fstatSync(handle).size
    const buffer = Buffer.alloc(Math.min(size, bytes))
    const got = readSync(handle, buffer, 0, buffer.length, size - buffer.length)
    return buffer.toString('utf8', 0, got)
  } finally {
    closeSync(handle)
  }
}

/** The last lines worth reading, in one: `a | b | c`. Without stack frames, blank lines and terminal colours. */
export function lastLines(text: string, most = 6): string {
  const lines = text.replace(/\r\n/g, '\n').replace(NOISE, '').split('\n')
  const told = lines.map((line) => line.trim()).filter((line) => line !== '' && !DULL.test(line))
  return told
    .slice(-most)
    .map((line) => (line.length > 240 ? `${line.slice(0, 239)}…` : line))
    .join(' | ')
}
