/** Looks at the whole process tree of services through /proc. */
import { type Family, MARK } from '../family.ts'
import type { Look } from './look.ts'
import {
  allPids,
  connectedSockets,
  descriptorsOf,
  hasInEnvironment,
  type ProcStat,
  statOf,
} from './proc-stat.ts'

/** Milliseconds between two searches for new members, and two counts of descriptors; seldomer where one takes long. */
const SEARCH = 1000
const SEARCH_COST = 0.003
/** After the first; then ever longer, up to `SEARCH`. */
const SOON = 150
const DRIFT = 1.2
/** Of what all members held: where more of it is gone at once, whoever keeps the service going starts another. */
const MAIN = 0.25
/** Searches that then come soon, whatever they cost. */
const HASTY = 5

/**
 * A look costs one file a member; about once a second new processes are searched for (only those that were not there
 * before are looked at) and descriptors counted. Where nobody is left, whoever comes next is searched for at every look, and
 * soon where a large member has ended: a service that was killed is started again.
 */
export function procLook(families: readonly Family[]): (now: number) => Look {
  const members = new Map<number, ProcStat>()
  const strangers = new Set<number>()
  let nextSearch = -Infinity
  let between = SOON
  let least = Number.POSITIVE_INFINITY
  let hasty = 0
  let held = 0
  let counted: Pick<Look, 'files' | 'connections'> = {}

  const belongs = (stat: ProcStat): boolean =>
    members.has(stat.parent) ||
    families.some(
      ({ root, mark }) =>
        stat.pid === root ||
        stat.group === root ||
        stat.session === root ||
        hasInEnvironment(stat.pid, `${MARK}=${mark}`),
    )

  const search = (): void => {
    const pids = new Set(allPids())
    for (const pid of strangers) if (!pids.has(pid)) strangers.delete(pid)
    for (const pid of pids) {
      if (pid === process.pid || strangers.has(pid) || members.has(pid)) continue
      const stat = statOf(pid)
      if (stat === undefined) continue
      if (belongs(stat)) members.set(pid, stat)
      else strangers.add(pid)
    }
  }

  return (now) => {
    const first = nextSearch === -Infinity
    const due = now >= nextSearch || members.size === 0
    if (due) search()
    let [busy, memory, threads, gone] = [0, 0, 0, 0]
    for (const [pid, before] of members) {
      const stat = statOf(pid)
      if (stat === undefined || stat.start !== before.start) {
        members.delete(pid)
        gone += before.memory
        continue
      }
      members.set(pid, stat)
      busy += stat.busy
      memory += stat.memory
      threads += stat.threads
    }
    if (due) {
      counted = count(members.keys())
      // The first search meets every process of the machine, which says nothing of the next, and comes before the load.
      // A busy machine makes single ones long: the least is what searching costs, followed as processes come.
      if (!first) least = Math.min(performance.now() - now, least * DRIFT)
      nextSearch = now + (first || hasty > 0 ? between : Math.max(between, least / SEARCH_COST))
      between = Math.min(SEARCH, between * 2)
      hasty = Math.max(0, hasty - 1)
    }
    if (gone > MAIN * held) {
      nextSearch = now
      between = SOON
      hasty = HASTY
    }
    held = memory
    return { busy, memory, threads, processes: members.size, ...counted }
  }
}

function count(pids: Iterable<number>): Pick<Look, 'files' | 'connections'> {
  let [files, connections] = [0, 0]
  let connected: ReadonlySet<string> | undefined
  for (const pid of pids) {
    const { open, sockets } = descriptorsOf(pid)
    files += open
    if (sockets.length === 0) continue
    connected ??= connectedSockets(pid)
    for (const inode of sockets) if (connected.has(inode)) connections += 1
  }
  return { files, connections }
}
