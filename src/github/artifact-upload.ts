/**
 * Uploads one artifact of this run: create, put, finalize. GitHub's own package does the same for many files and large
 * ones, for 1.3 MB more of bundle; ours is one file of some kilobytes.
 */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { lineOf } from '../core/errors.ts'
import type { Env } from './context.ts'
import { zipOne } from './zip.ts'

export type Uploaded = { readonly uploaded: true } | { readonly uploaded: false; readonly reason: string }

const SERVICE = 'twirp/github.actions.results.api.v1.ArtifactService'
/** What the service calls artifacts as clients of version 4 and later make them. */
const VERSION = 7
/** The service asks for this one, and for `.zip` in nothing but the content's type. */
const ZIP = 'application/zip'

/** Never throws. `name` must be new in this run. */
export async function uploadArtifact(
  env: Env,
  name: string,
  file: { readonly name: string; readonly content: string },
): Promise<Uploaded> {
  const { ACTIONS_RESULTS_URL: service, ACTIONS_RUNTIME_TOKEN: token } = env
  if (!service || !token) return { uploaded: false, reason: 'there is no artifact service here' }
  const ids = backendIds(token)
  if (ids === undefined) return { uploaded: false, reason: "the job's token names no run" }
  try {
    const { HttpClient } = await import('@actions/http-client')
    const client = new HttpClient('tailgate', [], {
      allowRetries: true,
      maxRetries: 3,
      socketTimeout: 60_000,
    })
    const call = async (method: string, body: object): Promise<Record<string, unknown>> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const url = new URL(`${SERVICE}/${method}`, service).href
      const response = await client.post(url, JSON.stringify({ ...ids, ...body }), headers)
      const text = await response.readBody()
      const told = JSON.parse(text || '{}') as Record<string, unknown>
      if (response.message.statusCode !== 200 || told.ok !== true)
        throw new Error(
          `${method} was answered ${response.message.statusCode}: ${String(told.msg ?? 'not ok')}`,
        )
      return told
    }
    const archive = zipOne(file.name, Buffer.from(file.content))
    const { signed_upload_url: url } = await call('CreateArtifact', {
      name,
      version: VERSION,
      mime_type: ZIP,
    })
    const put = await client.sendStream('PUT', String(url), Readable.from([archive]), {
      'content-length': archive.length,
      'x-ms-blob-type': 'BlockBlob',
      'x-ms-blob-content-type': ZIP,
    })
    await put.readBody()
    if (put.message.statusCode !== 201) throw new Error(`the upload was answered ${put.message.statusCode}`)
    const hash = `sha256:${createHash('sha256').update(archive).digest('hex')}`
    await call('FinalizeArtifact', { name, size: String(archive.length), hash })
    return { uploaded: true }
  } catch (error) {
    return { uploaded: false, reason: lineOf(error) }
  }
}

/** The run and the job, as the runtime token has them in its scope `Actions.Results:<run>:<job>`. */
function backendIds(
  token: string,
): { workflow_run_backend_id: string; workflow_job_run_backend_id: string } | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      scp?: string
    }
    const scope = (claims.scp ?? '').split(' ').find((part) => part.startsWith('Actions.Results:'))
    const [, run, job, ...more] = (scope ?? '').split(':')
    if (!run || !job || more.length > 0) return undefined
    return { workflow_run_backend_id: run, workflow_job_run_backend_id: job }
  } catch {
    return undefined
  }
}
