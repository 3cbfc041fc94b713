/** Paths of a plan have to be within the repository: base and head would share what is outside of it. */
import { posix } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import { tryGit } from '../measure/git.ts'

interface Told {
  readonly path: string
  readonly key: 'output' | 'carry'
  readonly place: string
}

/** `folder` is the config's. Throws UserError at the first that leads out. */
export async function refuseOutside({ benchmarks, carry, file }: Plan, folder: string): Promise<void> {
  const told: Told[] = [
    ...benchmarks.flatMap(({ output, place }) =>
      output === undefined ? [] : { path: output, key: 'output' as const, place },
    ),
    ...carry.map((path) => ({ path, key: 'carry' as const, place: file })),
  ]
  const climbing = told.filter(({ path }) => path.split(/[/\\]/).includes('..'))
  if (climbing.length === 0) return
  const prefix = await tryGit(folder, ['rev-parse', '--show-prefix']).catch(() => undefined)
  // Without a repository there is nothing that it could lead out of, and no base.
  if (prefix?.code !== 0) return
  for (const { path, key, place } of climbing) {
    const within = posix.normalize(posix.join(prefix.stdout.trim(), path.replaceAll('\\', '/')))
    if (within === '..' || within.startsWith('../'))
      throw new UserError(`\`${key}\`: ${path} is not inside the repository`, {
        place,
        remedy: 'base and head would share it: name a path within the repository',
      })
  }
}
