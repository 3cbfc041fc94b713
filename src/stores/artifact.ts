/**
 * Baselines as artifacts of the runs that measured them. Better attested than a cache entry: GitHub itself says which
 * repository, event, workflow and branch an artifact comes from. Needs `actions: read` to be found.
 */
import { lineOf, UserError } from '../core/errors.ts'
import { machineClass } from '../core/history.ts'
import type { Run } from '../core/run.ts'
import { decodeRun, encodeRun } from '../core/run-file.ts'
import type { BaselineQuery, BaselineStore, Found } from '../gate.ts'
import { misplaced, TRUSTED_EVENTS } from './provenance.ts'
import { digest, slug } from './slug.ts'

/** An artifact as GitHub lists it. */
export interface StoredArtifact {
  readonly id: number
  readonly name: string
  readonly bytes: number
  readonly expired: boolean
  readonly runId: number
  readonly headSha: string
  readonly headBranch: string
  readonly repositoryId: number
  readonly headRepositoryId: number
}

/** What GitHub says of a run. */
export interface RunRecord {
  readonly event: string
  /** `.github/workflows/tailgate.yml`. */
  readonly path: string
  /** Empty while it runs. */
  readonly conclusion: string
}

/** What this store needs of GitHub. All but `upload` throw. */
export interface ArtifactService {
  /** Of all runs, newest first. */
  named(name: string): Promise<readonly StoredArtifact[]>
  run(id: number): Promise<RunRecord>
  read(artifact: StoredArtifact, file: string): Promise<string>
  upload(
    name: string,
    file: { readonly name: string; readonly content: string },
  ): Promise<{ readonly uploaded: true } | { readonly uploaded: false; readonly reason: string }>
  /** Path of the workflow that this job belongs to; undefined: not known. */
  readonly workflowPath: string | undefined
}

/** A run a line, newest first: the history up to the push that made the artifact. */
const FILE = 'baselines.jsonl'
/** Of so many candidates GitHub is asked where they come from. */
const MOST_ASKED = 10
const MOST_RUNS = 500

export function artifactStore(service: ArtifactService): BaselineStore {
  return {
    name: 'artifact',
    find: (query) => find(service, query).catch(unreadable),
    async save(run, query, keep) {
      const before = await find(service, { ...query, commits: [] }).catch(unreadable)
      // What cannot be read stays where it is; the history begins anew.
      const runs = kept([run, ...(before.kind === 'found' ? before.runs : [])], keep)
      const content = `${runs.map(encodeRun).join('\n')}\n`
      const told = await service.upload(nameOf(query), { name: FILE, content })
      return told.uploaded ? { saved: true } : { saved: false, reason: told.reason }
    },
  }
}

function unreadable(error: unknown): Found {
  return { kind: 'unreadable', reason: lineOf(error) }
}

async function find(service: ArtifactService, query: BaselineQuery): Promise<Found> {
  const name = nameOf(query)
  const named = await service.named(name)
  const candidates = named.filter((artifact) => comesFrom(artifact, query)).sort(nearestFirst(query))
  let refused = ''
  for (const artifact of candidates.slice(0, MOST_ASKED)) {
    const wrong = untrusted(await service.run(artifact.runId), service.workflowPath)
    if (wrong === undefined) return open(service, artifact, query)
    refused ||= ` (the newest ${wrong})`
  }
  return { kind: 'absent', reason: `no artifact ${name} comes from a push to ${query.branch}${refused}` }
}

/** A branch of a fork may be called main as well: the repository decides first. */
function comesFrom(artifact: StoredArtifact, { branch }: BaselineQuery): boolean {
  const { expired, headBranch, headRepositoryId, repositoryId } = artifact
  return !expired && headBranch === branch && headRepositoryId === repositoryId
}

/** The merge base's, then its ancestors', then the newest. */
function nearestFirst({ commits }: BaselineQuery): (a: StoredArtifact, b: StoredArtifact) => number {
  const rank = ({ headSha }: StoredArtifact): number => {
    const at = commits.indexOf(headSha)
    return at === -1 ? commits.length : at
  }
  return (a, b) => rank(a) - rank(b)
}

/** A job that found a regression has failed, and is a baseline all the same; a cancelled one may be half of one. */
function untrusted({ event, path, conclusion }: RunRecord, expected: string | undefined): string | undefined {
  if (!TRUSTED_EVENTS.includes(event)) return `was made on the event ${event}`
  if (expected !== undefined && path !== expected) return `was made by the workflow ${path}`
  if (conclusion !== 'success' && conclusion !== 'failure')
    return `is of a run that ended as ${conclusion === '' ? 'not yet' : conclusion}`
  return undefined
}

async function open(
  service: ArtifactService,
  artifact: StoredArtifact,
  query: BaselineQuery,
): Promise<Found> {
  const place = `artifact ${artifact.name} of run ${artifact.runId}`
  const lines = (await service.read(artifact, FILE)).split('\n').filter((line) => line !== '')
  if (lines.length === 0 || lines.length > MOST_RUNS)
    throw new UserError(`holds ${lines.length} runs`, { place })
  const runs = lines.map((line, i) => decodeRun(line, `${place}, run ${i + 1}`))
  for (const run of runs) {
    const wrong = misplaced(run, query)
    if (wrong !== undefined) throw new UserError(`holds a run that ${wrong}`, { place })
  }
  return {
    kind: 'found',
    runs,
    source: `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} in the ${place}`,
  }
}

/** The newest `keep` of every class of machine. */
function kept(runs: readonly Run[], keep: number): Run[] {
  const counted = new Map<string, number>()
  return runs.filter(({ machine }) => {
    const n = (counted.get(machineClass(machine)) ?? 0) + 1
    counted.set(machineClass(machine), n)
    return n <= Math.max(1, keep)
  })
}

function nameOf({ id, branch }: BaselineQuery): string {
  return `tailgate-baseline-${digest(id)}-${slug(branch)}-${process.platform}-${process.arch}`
}
