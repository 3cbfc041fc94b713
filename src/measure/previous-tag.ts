/** The tag before the one that is checked out. */
import { deepenUntil, isShallow, remoteTags } from './fetch.ts'
import { git, tryGit } from './git.ts'
import { type Named, resolveName } from './history.ts'

/** The nearest tag that HEAD comes after; undefined if there is none. Its commit may still have to be fetched. */
export async function previousTag(folder: string, head: string): Promise<Named | undefined> {
  const told = await tryGit(folder, ['describe', '--tags', '--abbrev=0', `${head}^`])
  if (told.code !== 0) return nearestRemoteTag(folder, head)
  const ref = told.stdout.trim()
  const commit = await resolveName(folder, `refs/tags/${ref}`)
  return commit === undefined ? undefined : { commit, ref }
}

/** In a shallow checkout neither the history nor the tags are here: both come from the remote, without new refs. */
async function nearestRemoteTag(folder: string, head: string): Promise<Named | undefined> {
  if (!(await isShallow(folder))) return undefined
  const tags = await remoteTags(folder)
  tags.delete(head)
  if (tags.size === 0) return undefined
  return deepenUntil(folder, async () => {
    const history = await git(folder, ['rev-list', '--topo-order', head])
    const commit = history.split('\n').find((sha) => tags.has(sha))
    return commit === undefined ? undefined : { commit, ref: tags.get(commit)! }
  })
}
