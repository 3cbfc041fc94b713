/** `tailgate init`, once it is asked for. */
import { lstatSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../core/errors.ts'
import type { Finding } from '../init/finding.ts'
import { CONFIG, propose } from '../init/proposal.ts'
import { topOf, treeOf } from '../init/tree.ts'
import { tryGit } from '../measure/git.ts'
import { plain } from '../reporters/escape.ts'

interface Flags {
  readonly dryRun?: boolean
  readonly force?: boolean
  readonly forkSafe?: boolean
  readonly releaseGate?: boolean
  readonly branch?: string
}

/** Throws UserError where nothing is found, or nothing is left to write. */
export async function initCommand(flags: Flags): Promise<void> {
  const top = await topOf(process.cwd())
  const tree = await treeOf(top)
  const kept = (path: string): boolean => flags.force !== true && isThere(join(top, path))
  const { files, findings } = propose(tree, {
    forkSafe: flags.forkSafe === true,
    releaseGate: flags.releaseGate === true,
    branch: flags.branch ?? (await defaultBranchOf(top)),
    keepsConfig: kept(CONFIG),
  })
  if (flags.dryRun) {
    for (const { path, text } of files)
      process.stdout.write(`# ${path}${kept(path) ? ' (is there, and would be kept)' : ''}\n${text}\n`)
    return
  }
  const there = files.map(({ path }) => path).filter(kept)
  const missing = files.filter(({ path }) => !there.includes(path))
  if (missing.length === 0)
    throw new UserError(
      `${files.map(({ path }) => path).join(' and ')} ${files.length === 1 ? 'is' : 'are'} there already`,
      {
        place: top,
        remedy: '--force overwrites them, --dry-run prints what would be written',
      },
    )
  for (const { path, text } of missing) write(join(top, path), text, flags.force === true)
  tell(
    findings,
    missing.map(({ path }) => path),
    there,
  )
}

function isThere(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined
}

/** Nothing that came to be there in the meantime is overwritten, and a link is not written through. */
function write(file: string, text: string, force: boolean): void {
  mkdirSync(dirname(file), { recursive: true })
  const target = force ? `${file}.${process.pid}.new` : file
  writeFileSync(target, text, { flag: 'wx' })
  if (force) renameSync(target, file)
}

/** As the clone knows the remote's; else what such branches are called; else the one that is checked out. */
async function defaultBranchOf(top: string): Promise<string> {
  const ask = async (...args: string[]): Promise<string> => (await tryGit(top, args)).stdout.trim()
  const remote = await ask('symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD')
  if (remote !== '') return remote.replace(/^origin\//, '')
  for (const name of ['main', 'master'])
    if ((await ask('rev-parse', '--verify', '--quiet', `refs/heads/${name}`)) !== '') return name
  return (await ask('symbolic-ref', '--quiet', '--short', 'HEAD')) || 'main'
}

function tell(findings: readonly Finding[], written: readonly string[], kept: readonly string[]): void {
  const lines = [
    ...findings.map(({ tool, because, toUse }) =>
      plain(
        toUse === undefined
          ? `found ${tool}: ${because}`
          : `not yet ${tool}: ${because}; to use it, ${toUse}`,
        400,
      ),
    ),
    '',
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => `kept ${path}: it is there already (--force overwrites it)`),
    '',
    'next: look them through, then',
    '  tailgate calibrate   how small a change this machine can see',
    '  tailgate run         base and head, now',
    '  tailgate selftest    that this gate can turn red',
    'and put the owner and commit of Tailgate into the workflow.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
