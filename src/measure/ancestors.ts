import { tryGit } from './git.ts'

/** HEAD's first parents, nearest first, without HEAD itself: where a baseline may be from. Empty outside a repository. */
export async function ancestorsOf(folder: string, most = 50): Promise<string[]> {
  const log = await tryGit(folder, ['rev-list', `--max-count=${most + 1}`, '--first-parent', 'HEAD'])
  return log.code !== 0
    ? []
    : log.stdout
        .split('\n')
        .filter((sha) => sha !== '')
        .slice(1)
}
