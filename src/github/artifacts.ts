/** Artifacts of runs, over REST: listed, chosen, downloaded, opened as hostile. */
import { UserError } from '../core/errors.ts'
import type { Client } from './client.ts'
import { unzipOne } from './zip.ts'

export interface Artifact {
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

const MIB = 1024 * 1024
/** Bytes of an archive, and of the file in it. */
const MOST_PACKED = 32 * MIB
const MOST_UNPACKED = 128 * MIB
const PER_PAGE = 100

/** All of one run. */
export async function artifactsOfRun(client: Client, runId: number): Promise<Artifact[]> {
  const found: Artifact[] = []
  for (let page = 1; page <= 10; page++) {
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts'
    const { data } = await client.request(route, { run_id: runId, per_page: PER_PAGE, page })
    const { artifacts } = data as { artifacts: unknown[] }
    found.push(...artifacts.map(artifactOf))
    if (artifacts.length < PER_PAGE) break
  }
  return found
}

/** Newest first, of any run and repository that this one lists. */
export async function artifactsNamed(client: Client, name: string): Promise<Artifact[]> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/actions/artifacts', {
    name,
    per_page: PER_PAGE,
  })
  return (data as { artifacts: unknown[] }).artifacts.map(artifactOf)
}

/** The only file of an artifact. Throws UserError or ApiError. */
export async function readArtifact(client: Client, artifact: Artifact, file: string): Promise<string> {
  const place = `artifact ${artifact.name}`
  if (artifact.expired) throw new UserError('has expired', { place })
  if (artifact.bytes > MOST_PACKED)
    throw new UserError(`has ${artifact.bytes} bytes, more than ${MOST_PACKED}`, { place })
  const { data } = await client.request(
    'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    { artifact_id: artifact.id, archive_format: 'zip' },
  )
  if (!(data instanceof ArrayBuffer)) throw new UserError('was not answered with an archive', { place })
  const content = unzipOne(Buffer.from(data), file, MOST_UNPACKED, place)
  return new TextDecoder().decode(content)
}

function artifactOf(item: unknown): Artifact {
  const { id, name, size_in_bytes, expired, workflow_run } = item as {
    id: number
    name: string
    size_in_bytes: number
    expired: boolean
    workflow_run?: {
      id?: number
      head_sha?: string
      head_branch?: string
      repository_id?: number
      head_repository_id?: number
    } | null
  }
  return {
    id,
    name,
    bytes: size_in_bytes,
    expired,
    runId: workflow_run?.id ?? 0,
    headSha: workflow_run?.head_sha ?? '',
    headBranch: workflow_run?.head_branch ?? '',
    repositoryId: workflow_run?.repository_id ?? 0,
    headRepositoryId: workflow_run?.head_repository_id ?? -1,
  }
}
