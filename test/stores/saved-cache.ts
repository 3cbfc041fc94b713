/** Cache entries as anybody can make them who has a token for it: GitHub's client, any content. */
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '../../src/core/run.ts'
import { callCache } from '../../src/stores/cache-process.ts'
import { saveRun } from '../../src/stores/run-file.ts'
import { slug } from '../../src/stores/slug.ts'
import { actionFile } from '../bundle.ts'
import { temporaryFolder } from '../cli/repository.ts'
import { QUERY } from './runs.ts'

export interface Planted {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly key: string
  /** By name of their files. */
  readonly runs: Readonly<Record<string, Run>>
  /** Target of a link that lies beside them. */
  readonly link?: string
}

export async function saveCache({ env, key, runs, link }: Planted): Promise<void> {
  const folder = temporaryFolder()
  const inside = join(folder, 'tailgate-baseline', slug(QUERY.id), slug(QUERY.branch))
  mkdirSync(inside, { recursive: true })
  for (const [name, run] of Object.entries(runs)) await saveRun(join(inside, name), run)
  if (link !== undefined) symlinkSync(link, join(inside, 'link.json.gz'))
  const { reply } = await callCache(
    { script: actionFile(), args: ['cache-client'], env },
    { kind: 'save', path: 'tailgate-baseline', key },
    { folder, temporary: temporaryFolder() },
  )
  if (reply.kind !== 'saved' || reply.entry < 1) throw new Error(`not planted: ${JSON.stringify(reply)}`)
}
