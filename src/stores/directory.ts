/** Baselines in a folder: `<gate>/<branch>/<time>-<commit>.json.gz`, one file a run. */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lineOf } from '../core/errors.ts'
import { machineClass } from '../core/history.ts'
import type { Run } from '../core/run.ts'
import type { BaselineQuery, BaselineStore, Found } from '../gate.ts'
import { loadRun, saveRun } from './run-file.ts'
import { slug } from './slug.ts'

const ENDING = '.json.gz'
/** Files that are read at most, newest first: `keep` bounds what is ours, nothing bounds what is put there. */
const MOST_FILES = 500

interface Stored {
  readonly file: string
  readonly run: Run
}

type Kept =
  | { readonly kind: 'read'; readonly stored: readonly Stored[] }
  | { readonly kind: 'absent' | 'unreadable'; readonly reason: string }

export function directoryStore(root: string): BaselineStore {
  const folderOf = (query: BaselineQuery): string => join(root, slug(query.id), slug(query.branch))
  return {
    name: 'directory',

    async find(query): Promise<Found> {
      const kept = await read(folderOf(query))
      if (kept.kind !== 'read') return { kind: kept.kind, reason: kept.reason }
      const runs = kept.stored.map(({ run }) => run)
      if (runs.length === 0)
        return { kind: 'absent', reason: `no run of ${query.branch} is stored in ${root}` }
      return { kind: 'found', runs: nearest(runs, query.commits), source: `${told(runs.length)} in ${root}` }
    },

    async save(run, query, keep) {
      const folder = folderOf(query)
      try {
        await mkdir(folder, { recursive: true })
        await put(folder, nameOf(run), run)
        await prune(folder, run, keep)
        return { saved: true }
      } catch (error) {
        return { saved: false, reason: lineOf(error) }
      }
    },
  }
}

function told(runs: number): string {
  return `${runs} ${runs === 1 ? 'run' : 'runs'}`
}

/** Runs up to the first of `commits` that is stored, newest first; all of them if none is. */
function nearest(runs: readonly Run[], commits: readonly string[]): readonly Run[] {
  for (const commit of commits) {
    const at = runs.findIndex((run) => run.commit === commit)
    if (at !== -1) return runs.slice(at)
  }
  return runs
}

/** Everything in a folder, newest first. One file that cannot be read makes the whole unreadable: it is not left out. */
async function read(folder: string): Promise<Kept> {
  let names: string[]
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith(ENDING) && !name.startsWith('.'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { kind: 'absent', reason: `${folder} does not exist yet` }
    return { kind: 'unreadable', reason: lineOf(error) }
  }
  const stored: Stored[] = []
  for (const name of names.sort().reverse().slice(0, MOST_FILES)) {
    const file = join(folder, name)
    try {
      stored.push({ file, run: await loadRun(file, 'refuse') })
    } catch (error) {
      return { kind: 'unreadable', reason: lineOf(error) }
    }
  }
  return { kind: 'read', stored }
}

/** Names sort by time. A run that does not tell its time sorts before all that do. */
function nameOf({ time, commit }: Run): string {
  const at = new Date(time ?? 0)
  const stamp = (Number.isNaN(at.getTime()) ? new Date(0) : at).toISOString().replace(/[-:.]/g, '')
  const sha = /^[0-9a-f]{12}/.exec(commit ?? '')?.[0] ?? 'uncommitted'
  return `${stamp}-${sha}`
}

/** What file systems without links answer: FAT, some shares. */
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** Two jobs may save at once, even of one commit: a link fails where a rename would replace what is there. */
async function put(folder: string, name: string, run: Run): Promise<void> {
  const draft = join(folder, `.${name}.${randomUUID()}.draft`)
  await saveRun(draft, run)
  try {
    for (let copy = 1; ; copy++) {
      const file = join(folder, `${name}${copy === 1 ? '' : `.${copy}`}${ENDING}`)
      const refused = await link(draft, file).then(
        () => undefined,
        (error: NodeJS.ErrnoException) => error,
      )
      if (refused === undefined) return
      // There the name's milliseconds have to do.
      if (WITHOUT_LINKS.has(refused.code ?? '')) return await rename(draft, file)
      if (refused.code !== 'EEXIST') throw refused
    }
  } finally {
    await rm(draft, { force: true })
  }
}

/** Keeps the newest `keep` of the class of machine that `run` was measured on. What cannot be read is left alone. */
async function prune(folder: string, run: Run, keep: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(ENDING) && !name.startsWith('.'))
  let same = 0
  for (const name of names.sort().reverse()) {
    const file = join(folder, name)
    const stored = await loadRun(file, 'refuse').catch(() => undefined)
    if (stored === undefined || machineClass(stored.machine) !== machineClass(run.machine)) continue
    same++
    if (same > Math.max(1, keep)) await rm(file, { force: true })
  }
}
