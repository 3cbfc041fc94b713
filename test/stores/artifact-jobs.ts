/** Jobs that keep baselines as artifacts: every save is a run of its own, as GitHub knows it. */

import type { BaselineStore } from '../../src/gate.ts'
import { repositoryArtifacts } from '../../src/github/artifact-service.ts'
import type { Context } from '../../src/github/context.ts'
import { artifactStore } from '../../src/stores/artifact.ts'
import type { RunRecord } from '../github/loopback/artifacts.ts'
import type { Loopback } from '../github/loopback/server.ts'
import type { Actor } from '../github/loopback/token.ts'
import { BOT, runtimeToken } from '../github/loopback/token.ts'

export const WORKFLOW = '.github/workflows/tailgate.yml'

export function artifactJob(github: Loopback, run: number, actor: Actor = BOT): BaselineStore {
  const env = {
    ACTIONS_RESULTS_URL: `${github.url}/`,
    ACTIONS_RUNTIME_TOKEN: runtimeToken(run, []),
    GITHUB_WORKFLOW_REF: `acme/widget/${WORKFLOW}@refs/heads/main`,
  }
  const context = { owner: 'acme', repo: 'widget', apiUrl: github.url } as Context
  return artifactStore(repositoryArtifacts(env, context, actor.token))
}

/** A store whose every save is a push to main, unless `change` says otherwise. */
export function pushes(github: Loopback, change: Partial<RunRecord> = {}): BaselineStore {
  return {
    name: 'artifact',
    find: (query) => artifactJob(github, 9999).find(query),
    save(run, query, keep) {
      const id = github.artifacts.runs.length + 1
      github.artifacts.runs.push({
        id,
        event: 'push',
        path: `${WORKFLOW}@main`,
        headSha: run.commit!,
        headBranch: 'main',
        headRepositoryId: 1296269,
        conclusion: 'success',
        ...change,
      })
      return artifactJob(github, id).save(run, query, keep)
    },
  }
}
