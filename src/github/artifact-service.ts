/** Artifacts of this repository, for the store that keeps baselines in them. Nothing is asked before it is needed. */

import type { Uploaded } from './artifact-upload.ts'
import type { Artifact } from './artifacts.ts'
import { artifactsNamed, readArtifact } from './artifacts.ts'
import type { Client } from './client.ts'
import { connect } from './client.ts'
import type { Context, Env } from './context.ts'

export interface RunRecord {
  readonly event: string
  readonly path: string
  readonly conclusion: string
}

export interface RepositoryArtifacts {
  named(name: string): Promise<readonly Artifact[]>
  run(id: number): Promise<RunRecord>
  read(artifact: Artifact, file: string): Promise<string>
  upload(name: string, file: { readonly name: string; readonly content: string }): Promise<Uploaded>
  readonly workflowPath: string | undefined
}

export function repositoryArtifacts(
  env: Env,
  { apiUrl, owner, repo }: Context,
  token: string,
): RepositoryArtifacts {
  let connected: Promise<Client> | undefined
  const client = (): Promise<Client> => {
    connected ??= connect({ token, apiUrl, owner, repo })
    return connected
  }
  return {
    workflowPath: pathOf(env.GITHUB_WORKFLOW_REF),
    named: async (name) => artifactsNamed(await client(), name),
    read: async (artifact, file) => readArtifact(await client(), artifact, file),
    async run(id) {
      const { data } = await (await client()).request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
        run_id: id,
      })
      const { event, path, conclusion } = data as { event: string; path: string; conclusion: string | null }
      return { event, path: path.replace(/@.*$/, ''), conclusion: conclusion ?? '' }
    },
    upload: async (name, file) => (await import('./artifact-upload.ts')).uploadArtifact(env, name, file),
  }
}

/** `acme/widget/.github/workflows/gate.yml@refs/heads/main` → `.github/workflows/gate.yml`. */
function pathOf(ref: string | undefined): string | undefined {
  return /^[^/]+\/[^/]+\/([^@]+)@/.exec(ref ?? '')?.[1]
}
