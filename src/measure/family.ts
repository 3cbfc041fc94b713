/** The processes that came from one process: found and ended also when they have left its group or session. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Set in the environment of every process started here, and so inherited by whatever it starts. */
export const MARK = 'TAILGATE_PROCESS'

/** One process of the machine. `start` tells a process from a later one with the same pid. */
interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly session: number
  readonly start: string
}

/** What identifies a family: its first process, and the value of its mark. */
export interface Family {
  readonly root: number
  readonly mark: string
}

/** /proc/PID/stat of every process that is not dead; see proc_pid_stat(5). */
function readProc(): Process[] {
  const found: Process[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      // The second field is the command in brackets and may hold brackets and spaces itself.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields[0] === 'Z' || fields[0] === 'X') continue
      const [parent, group, session] = fields.slice(1, 4).map(Number)
      found.push({ pid, parent: parent!, group: group!, session: session!, start: fields[19]! })
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return found
}

/** The same by ps(1), where there is no /proc. */
function readPs(): Process[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='], { encoding: 'utf8' })
  const found: Process[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line)
    if (match === null || match[4]!.startsWith('Z') || Number(match[1]) === process.pid) continue
    const [pid, parent, group] = match.slice(1, 4).map(Number)
    found.push({ pid: pid!, parent: parent!, group: group!, session: 0, start: match[5]! })
  }
  return found
}

function isMarked(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`).includes(`${MARK}=${mark}\0`)
  } catch {
    return false // another user's, or ended meanwhile
  }
}

/** Pids whose environment carries the mark, by ps(1); it shows the environment of one's own processes only. */
function markedByPs(mark: string): Set<number> {
  const shown = spawnSync('ps', ['-axwwE', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 1 << 26 })
  const lines = (shown.stdout ?? '').split('\n').filter((line) => line.includes(`${MARK}=${mark}`))
  return new Set(lines.map((line) => Number.parseInt(line, 10)))
}

/**
 * The living members: of the root's group or session, marked in their environment, descended from one of these, or in
 * `known` from an earlier look. A process that has left the session, lost its parent and emptied its environment
 * before anybody looked cannot be found.
 */
function living(family: Family, known: Map<number, string>): number[] {
  const proc = process.platform === 'linux'
  const all = proc ? readProc() : readPs()
  const marked = proc ? undefined : markedByPs(family.mark)
  const members = new Set<number>()
  for (const one of all) {
    const own = one.pid === family.root || one.group === family.root || one.session === family.root
    const seen = known.get(one.pid) === one.start
    if (own || seen || (marked?.has(one.pid) ?? isMarked(one.pid, family.mark))) members.add(one.pid)
  }
  for (let grew = true; grew; ) {
    const children = all.filter((one) => members.has(one.parent) && !members.has(one.pid))
    for (const child of children) members.add(child.pid)
    grew = children.length > 0
  }
  for (const one of all) if (members.has(one.pid)) known.set(one.pid, one.start)
  return [...members]
}

/** Pids of all that live now. */
export function livingMembers(family: Family): number[] {
  return living(family, new Map())
}

/** With spaces between its words; empty if the process has ended. */
export function commandLine(pid: number): string {
  try {
    const told =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return told.trim()
  } catch {
    return ''
  }
}

/** To every member that lives now. Not on Windows. */
export function signalFamily(family: Family, signal: NodeJS.Signals): void {
  send(livingMembers(family), signal)
}

function send(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch {
      // ESRCH: it has ended. EPERM: it took another user's rights; nothing here can end it.
    }
  }
}

/** Windows keeps parents: its own tool ends a tree. */
function endOnWindows(root: number): void {
  spawnSync('taskkill', ['/pid', String(root), '/T', '/F'], { windowsHide: true })
}

/** How long a member may take to end by itself after SIGTERM, in milliseconds. */
const GRACE = 2000
/** How long to go on with SIGKILL: one that survives this waits for a disk or belongs to another user. */
const PATIENCE = 5000

export interface Patience {
  /** Milliseconds in which members may end by themselves: what a finished script's pipes still have to write. */
  readonly linger?: number
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly grace?: number | undefined
}

/** Ends every member, by SIGTERM first, and comes back when none lives. Answers how many had to be ended. */
export async function endFamily(family: Family, patience: Patience = {}): Promise<number> {
  const { linger = 0, grace = GRACE } = patience
  if (process.platform === 'win32') {
    endOnWindows(family.root)
    return 0
  }
  const known = new Map<number, string>()
  let members = living(family, known)
  const asked = performance.now()
  let pause = 2
  const told = new Set<number>()
  while (members.length > 0) {
    const waited = performance.now() - asked - linger
    if (waited > grace + PATIENCE) break
    if (waited < 0) {
      await wait(pause)
      members = living(family, known)
      continue
    }
    const signal = waited < grace ? 'SIGTERM' : 'SIGKILL'
    // SIGTERM once each, so that a handler is not started over and over; a stopped process takes it when continued.
    const due = signal === 'SIGKILL' ? members : members.filter((pid) => !told.has(pid))
    send(due, signal)
    if (signal === 'SIGTERM') send(due, 'SIGCONT')
    for (const pid of due) told.add(pid)
    await wait(pause)
    pause = Math.min(pause * 2, 50)
    members = living(family, known)
  }
  return told.size
}

/** The same at once and without waiting, for when the process is going down. */
export function endFamilyNow(family: Family): void {
  if (process.platform === 'win32') {
    endOnWindows(family.root)
    return
  }
  const known = new Map<number, string>()
  // Again, for what was forked between the look and the signal.
  for (let look = 0; look < 5; look++) {
    const members = living(family, known)
    if (members.length === 0) return
    send(members, 'SIGKILL')
  }
}
