/** The same through ps(1), where there is no /proc: processor time and memory, without descriptors. */
import { execFile } from 'node:child_process'
import type { Family } from '../family.ts'
import type { Look } from './look.ts'

interface Row {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly busy: number
  readonly memory: number
}

/** Undefined if ps says nothing. Its members are the groups of the families and what descends from them. */
export function psLook(families: readonly Family[]): () => Promise<Look | undefined> {
  return () =>
    new Promise((resolve) => {
      const options = { maxBuffer: 1 << 24, encoding: 'utf8' } as const
      execFile('ps', ['-axo', 'pid=,ppid=,pgid=,rss=,time='], options, (error, text) => {
        resolve(error === null ? lookOf(rowsOf(text), families) : undefined)
      })
    })
}

/** `rss` is in KiB, `time` is `[[days-]hours:]minutes:seconds[.hundredths]`. */
export function rowsOf(text: string): Row[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line)
    if (match === null) return []
    const [pid, parent, group, memory] = match.slice(1, 5).map(Number)
    const time = match[6]!.split(':').reduce((total, part) => total * 60 + Number(part), 0)
    const busy = time + Number(match[5] ?? 0) * 86_400
    return { pid: pid!, parent: parent!, group: group!, memory: memory! * 1024, busy }
  })
}

function lookOf(rows: readonly Row[], families: readonly Family[]): Look {
  const members = new Map<number, Row>()
  for (const row of rows)
    if (families.some(({ root }) => row.pid === root || row.group === root)) members.set(row.pid, row)
  for (let grew = true; grew; ) {
    grew = false
    for (const row of rows)
      if (members.has(row.parent) && !members.has(row.pid)) {
        members.set(row.pid, row)
        grew = true
      }
  }
  const all = [...members.values()]
  return {
    busy: all.reduce((sum, row) => sum + row.busy, 0),
    memory: all.reduce((sum, row) => sum + row.memory, 0),
    processes: all.length,
  }
}
