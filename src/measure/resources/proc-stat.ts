/** One process as Linux tells it; see proc_pid_stat(5). */
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'

export interface ProcStat {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly session: number
  /** Seconds of processor time, with that of children that have ended. */
  readonly busy: number
  readonly threads: number
  /** Tells a process from a later one with the same pid. */
  readonly start: string
  /** Bytes resident. */
  readonly memory: number
}

/** USER_HZ: the same on every Linux that there is, whatever the kernel counts in. */
const TICKS = 100
const buffer = Buffer.alloc(1024)
let page: number | undefined

/** Bytes of a page: 4096 nearly everywhere, 16 or 64 KiB on some arm64. */
function pageSize(): number {
  if (page !== undefined) return page
  try {
    page = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }))
  } catch {
    page = 4096
  }
  return page
}

/** Undefined if it has ended. */
export function statOf(pid: number): ProcStat | undefined {
  let text: string
  try {
    const handle = openSync(`/proc/${pid}/stat`, 'r')
    try {
      text = buffer.toString('latin1', 0, readSync(handle, buffer, 0, buffer.length, 0))
    } finally {
      closeSync(handle)
    }
  } catch {
    return undefined
  }
  // The second field is the command in brackets and may hold brackets and spaces itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  const at = (index: number): number => Number(fields[index])
  return {
    pid,
    parent: at(1),
    group: at(2),
    session: at(3),
    busy: (at(11) + at(12) + at(13) + at(14)) / TICKS,
    threads: at(17),
    start: fields[19]!,
    memory: at(21) * pageSize(),
  }
}

export function allPids(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    return Number.isInteger(pid) ? [pid] : []
  })
}

/** Whether its environment has this entry; false if it may not be read. */
export function hasInEnvironment(pid: number, entry: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`).includes(`${entry}\0`)
  } catch {
    return false
  }
}

/** Inodes of the sockets and the number of all descriptors that it has open. */
export function descriptorsOf(pid: number): { readonly open: number; readonly sockets: readonly string[] } {
  const folder = `/proc/${pid}/fd`
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return { open: 0, sockets: [] }
  }
  const sockets = names.flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? []
    } catch {
      return []
    }
  })
  return { open: names.length, sockets }
}

const ESTABLISHED = '01'

/** Inodes of connected TCP sockets in the network that the process sees; see proc_pid_net(5). */
export function connectedSockets(pid: number): ReadonlySet<string> {
  const inodes = new Set<string>()
  for (const table of ['tcp', 'tcp6']) {
    let text: string
    try {
      text = readFileSync(`/proc/${pid}/net/${table}`, 'latin1')
    } catch {
      continue
    }
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/)
      if (fields[3] === ESTABLISHED && fields[9] !== undefined) inodes.add(fields[9])
    }
  }
  return inodes
}
