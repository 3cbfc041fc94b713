/** A repository made for one test: commits, a config, scripts whose speed is known. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export type Files = Readonly<Record<string, string>>

export interface Repository {
  readonly folder: string
  write(files: Files): void
  commit(message: string, files?: Files): string
  git(...args: string[]): string
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tailgate-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** On branch `main` with one commit of `files`. */
export function repository(files: Files): Repository {
  const folder = temporaryFolder()
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  const write = (of: Files): void => {
    for (const [name, text] of Object.entries(of)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
  const commit = (message: string, of: Files = {}): string => {
    write(of)
    git('add', '-A')
    git('commit', '-q', '--allow-empty', '-m', message)
    return git('rev-parse', 'HEAD')
  }
  git('init', '-q', '-b', 'main')
  commit('first', files)
  return { folder, write, commit, git }
}

/**
 * A script that measures nothing and prints `samples` of a known distribution: what it tells is `level` (a file beside
 * it) times a seeded noise that differs from round to round. No clock is in it, so no load of the machine can fail a test;
 * awk starts fifty times as fast as Node.js, and it is started some thousand times.
 */
export const NOISE = `
function random() { return (state = (state * 16807) % 2147483647) / 2147483647 }
BEGIN {
  getline level < "level"
  state = (ENVIRON["TAILGATE_ROUND"] + 1) * 7919 + (ENVIRON["TAILGATE_SIDE"] == "base" ? 1 : 2) * 104729
  for (i = 0; i < 20; i++) random()
  shared = 1 + 0.02 * (random() - 0.5)
  printf "{\\"metric\\":\\"latency\\",\\"unit\\":\\"us\\",\\"values\\":["
  for (i = 0; i < 400; i++) printf "%s%.12g", i ? "," : "", level * shared * (1 + 0.2 * random())
  print "]}"
}
`
/** The like for Node.js, where it has to be that. */
export const SCRIPT = `
import { readFileSync } from 'node:fs'
const level = Number(readFileSync(new URL('./level', import.meta.url), 'utf8'))
let state = (Number(process.env.TAILGATE_ROUND) + 1) * 7919 + (process.env.TAILGATE_SIDE === 'base' ? 1 : 2) * 104729
const random = () => ((state = (state * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff)
for (let i = 0; i < 20; i++) random()
const shared = 1 + 0.02 * (random() - 0.5)
const values = Array.from({ length: 400 }, () => level * shared * (1 + 0.2 * random()))
console.log(JSON.stringify({ metric: 'latency', unit: 'us', values }))
`

export const BENCH = 'awk -f bench.awk'

export const CONFIG = `
time: 5m
benchmarks:
  - name: steady
    run: ${BENCH}
`

/** For a script of the test's own, in `bench.mjs`. */
export const OWN = CONFIG.replace(BENCH, 'node bench.mjs')

/** A repository whose one benchmark takes `level` µs. */
export function measured(level: number, config: string = CONFIG): Repository {
  return repository({ 'tailgate.yml': config, 'bench.awk': NOISE, level: String(level) })
}
