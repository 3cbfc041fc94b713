/** The artifact service, and the artifacts as REST tells of them. */
import type { Blobs } from './blobs.ts'
import { example } from './contract.ts'
import type { Answer, Exchange } from './exchange.ts'
import { bodyOf } from './exchange.ts'
import type { Route } from './repository.ts'
import { FORBIDDEN, NOT_FOUND } from './repository.ts'
import type { Actor } from './token.ts'
import { runOf } from './token.ts'

/** A run as GitHub knows it. */
export interface RunRecord {
  readonly id: number
  readonly event: string
  readonly path: string
  readonly headSha: string
  readonly headBranch: string
  readonly headRepositoryId: number
  readonly conclusion: string | null
}

export interface StoredArtifact {
  readonly id: number
  readonly name: string
  readonly run: number
  readonly blob: string
  size: number
  expired: boolean
  done: boolean
}

const REPO = '/repos/{owner}/{repo}/actions'
const REPOSITORY_ID = 1296269

export class Artifacts {
  readonly stored: StoredArtifact[] = []
  readonly runs: RunRecord[] = []
  private readonly blobs: Blobs
  constructor(blobs: Blobs) {
    this.blobs = blobs
  }

  /** The twirp service, as the jobs of a run see it. */
  service(call: string, exchange: Exchange): Answer {
    const { name, size, workflow_run_backend_id: backend } = bodyOf(exchange)
    const run = runOf(exchange.headers.authorization)
    if (Number(backend) !== run)
      return { status: 403, json: { code: 'permission_denied', msg: 'not your run' } }
    const there = this.stored.find((artifact) => artifact.run === run && artifact.name === name)
    if (call === 'CreateArtifact') {
      if (there !== undefined)
        return {
          status: 409,
          json: { code: 'already_exists', msg: 'an artifact with this name already exists' },
        }
      const { path, url } = this.blobs.reserve(exchange.origin, '.zip')
      this.add({ name: String(name), run, blob: path })
      return { status: 200, json: { ok: true, signed_upload_url: url } }
    }
    if (there === undefined || this.blobs.bytes(there.blob)?.length !== Number(size))
      return { status: 200, json: { ok: false } }
    there.size = Number(size)
    there.done = true
    return { status: 200, json: { ok: true, artifact_id: String(there.id) } }
  }

  add(artifact: Pick<StoredArtifact, 'name' | 'run' | 'blob'> & Partial<StoredArtifact>): StoredArtifact {
    const added = { id: 500 + this.stored.length, size: 0, expired: false, done: false, ...artifact }
    this.stored.push(added)
    return added
  }

  /** One that was uploaded by whatever means. */
  plant(run: number, name: string, archive: Buffer): StoredArtifact {
    const blob = `/account/results/planted-${this.stored.length}.zip`
    this.blobs.set(blob, archive, 'application/zip')
    return this.add({ name, run, blob, size: archive.length, done: true })
  }

  route({ method, path, query, origin }: Exchange, actor: Actor): Route | undefined {
    if (method !== 'GET') return undefined
    const [, rest] = /^\/repos\/[^/]+\/[^/]+\/actions\/(.*)$/.exec(path) ?? []
    if (rest === undefined) return undefined
    const ofRun = /^runs\/(\d+)\/artifacts$/.exec(rest)
    const one = /^artifacts\/(\d+)\/zip$/.exec(rest)
    const record = /^runs\/(\d+)$/.exec(rest)
    const allowed = (answer: Answer): Answer => (actor.canReadActions ? answer : FORBIDDEN)
    if (ofRun !== null) {
      const found = this.stored.filter((artifact) => artifact.done && artifact.run === Number(ofRun[1]))
      return { path: `${REPO}/runs/{run_id}/artifacts`, answer: allowed(this.list(found, query)) }
    }
    if (rest === 'artifacts') {
      const found = this.stored.filter((artifact) => artifact.done && artifact.name === query.get('name'))
      return { path: `${REPO}/artifacts`, answer: allowed(this.list(found.toReversed(), query)) }
    }
    if (one !== null) {
      const found = this.stored.find((artifact) => artifact.id === Number(one[1]))
      const location = `${origin}${found?.blob}?sig=secret-read`
      const answer: Answer = found === undefined ? NOT_FOUND : { status: 302, headers: { location } }
      return { path: `${REPO}/artifacts/{artifact_id}/{archive_format}`, answer: allowed(answer) }
    }
    if (record !== null) {
      const found = this.runs.find((run) => run.id === Number(record[1]))
      const answer = found === undefined ? NOT_FOUND : { status: 200, json: runReply(found) }
      return { path: `${REPO}/runs/{run_id}`, answer: allowed(answer) }
    }
    return undefined
  }

  private list(found: readonly StoredArtifact[], query: URLSearchParams): Answer {
    const size = Number(query.get('per_page') ?? 30)
    const page = Number(query.get('page') ?? 1)
    const artifacts = found.slice((page - 1) * size, page * size).map((artifact) => this.reply(artifact))
    return { status: 200, json: { total_count: found.length, artifacts } }
  }

  private reply({ id, name, size, expired, run }: StoredArtifact): object {
    const of = this.runs.find((record) => record.id === run)
    return {
      ...example<object>('artifact'),
      id,
      name,
      size_in_bytes: size,
      expired,
      workflow_run: {
        id: run,
        repository_id: REPOSITORY_ID,
        head_repository_id: of?.headRepositoryId ?? REPOSITORY_ID,
        head_branch: of?.headBranch ?? 'main',
        head_sha: of?.headSha ?? 'a'.repeat(40),
      },
    }
  }
}

interface RunReply {
  head_repository: { id: number }
}

function runReply({ id, event, path, headSha, headBranch, headRepositoryId, conclusion }: RunRecord): object {
  const reply = example<RunReply>('workflow-run')
  reply.head_repository.id = headRepositoryId
  return { ...reply, id, event, path, head_sha: headSha, head_branch: headBranch, conclusion }
}
