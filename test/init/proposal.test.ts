/** What is written: a config that loads, workflows that GitHub takes and that have no more rights than they need. */
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadPlan } from '../../src/config/load.ts'
import { formats } from '../../src/formats/registry.ts'
import { type Proposal, propose, type Wanted } from '../../src/init/proposal.ts'
import { treeFrom } from '../../src/init/tree.ts'
import type { Files } from '../cli/repository.ts'
import { workflowFaults } from './workflow-schema.ts'

const NODE: Files = {
  'package.json': JSON.stringify({
    scripts: { start: 'node server.js', build: 'tsc', bench: 'node b.js' },
    devDependencies: { vitest: '4', tailgate: '1' },
  }),
  'package-lock.json': '{}',
  'src/a.bench.ts': '',
  'b.js': "console.log('nobody knows')",
  'load/api.js': "import http from 'k6/http'\nexport default () => http.get(`${__ENV.BASE_URL}/`)",
}
const EVERYTHING: Files = {
  ...NODE,
  'go.mod': 'module example.org/a',
  'a_test.go': 'func BenchmarkA(b *testing.B) {}',
  'Cargo.toml': '[dev-dependencies]\ncriterion = "0.7"',
  'benches/one.rs': 'criterion_main!(a);',
  'src/lib.rs': '#[bench]',
  'requirements-dev.txt': 'pytest-benchmark',
  'tests/test_a.py': 'def test_a(benchmark): pass',
  'pom.xml': 'jmh-core',
  'A.java': '@Benchmark',
  'CMakeLists.txt': 'target_link_libraries(speed benchmark::benchmark)',
  'bench.sh': 'hyperfine --export-json h.json ./a',
  'locustfile.py': 'from locust import HttpUser\nclass A(HttpUser): pass',
  '.nvmrc': '22',
}
const REPOSITORIES: Readonly<Record<string, Files>> = {
  'a Node package': NODE,
  'a repository of everything': EVERYTHING,
  'names that need care': {
    'package.json': '{}',
    "bench/it's: #1 {a}.mjs": "import { run } from 'mitata'\nrun({ format: 'json' })",
    'bench/new\nline.js': "import { run } from 'mitata'\nrun({ format: 'json' })",
    'bench/--help.js': "import { run } from 'mitata'\nrun({ format: 'json' })",
  },
}

const PLAIN: Wanted = { forkSafe: false, releaseGate: false, branch: 'main', keepsConfig: false }

function proposed(files: Files, wanted: Partial<Wanted> = {}): Proposal {
  return propose(
    treeFrom(Object.keys(files).sort(), (path) => files[path]),
    { ...PLAIN, ...wanted },
  )
}

const workflowsOf = ({ files }: Proposal) => files.filter(({ path }) => path.startsWith('.github/'))
const configOf = ({ files }: Proposal) => files.find(({ path }) => path === 'tailgate.yml')!.text

const CASES = Object.entries(REPOSITORIES).flatMap(([name, files]) =>
  [false, true].flatMap((forkSafe) =>
    [false, true].map((releaseGate) => ({ name, files, forkSafe, releaseGate })),
  ),
)

test.each(CASES)('$name, fork-safe $forkSafe, release gate $releaseGate', async ({ files, ...wanted }) => {
  const proposal = proposed(files, wanted)
  const plan = loadPlan(configOf(proposal), 'tailgate.yml', {
    formats: formats.map(({ name }) => name),
    branch: 'release/1.x',
  })
  expect(plan.benchmarks.length).toBe(proposal.findings.filter(({ toUse }) => toUse === undefined).length)
  expect(plan.baseline.release).toBe(wanted.releaseGate)
  const threshold = wanted.releaseGate ? 0.03 : 0.05
  expect(JSON.stringify(plan)).toContain(String(threshold))

  const workflows = workflowsOf(proposal)
  expect(workflows.length).toBe(1 + Number(wanted.forkSafe) + Number(wanted.releaseGate))
  for (const { path, text } of workflows) expect([path, await workflowFaults(path, text)]).toEqual([path, []])
})

test('GitHub’s parser would have found a fault', async () => {
  const { text } = workflowsOf(proposed(NODE))[0]!
  expect(await workflowFaults('w.yml', text.replace('timeout-minutes', 'timeout-minuets'))).not.toEqual([])
  expect(await workflowFaults('w.yml', text.replace('github.sha', 'github.sha +'))).not.toEqual([])
})

interface Workflow {
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: object
  readonly concurrency: { readonly group: string }
  readonly jobs: Readonly<Record<string, Job>>
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>
  readonly 'timeout-minutes': number
  readonly steps: readonly { uses?: string; with?: Readonly<Record<string, unknown>> }[]
}

const ALL = workflowsOf(proposed(EVERYTHING, { forkSafe: true, releaseGate: true })).concat(
  workflowsOf(proposed(EVERYTHING)),
)

test.each(ALL)('$path asks for no more than it needs', ({ text }) => {
  const workflow = parse(text) as Workflow
  expect(workflow.permissions).toEqual({})
  expect(workflow.concurrency.group).toMatch(/\$\{\{/)
  expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
  for (const job of Object.values(workflow.jobs)) {
    expect(job['timeout-minutes']).toBeGreaterThan(0)
    const writes = Object.entries(job.permissions).filter(([, right]) => right !== 'read')
    expect(writes.every(([scope]) => scope === 'pull-requests')).toBe(true)
    for (const { uses, with: inputs } of job.steps)
      if (uses?.startsWith('actions/checkout@'))
        expect(inputs).toMatchObject({ 'persist-credentials': false })
  }
})

test.each(ALL)('$path pins what it uses, and its own with a word', ({ text }) => {
  const uses = text.split('\n').filter((line) => /^\s*- uses:/.test(line))
  expect(uses.length).toBeGreaterThan(0)
  for (const line of uses)
    expect(line).toMatch(/uses: (?:[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|OWNER\/tailgate@v0)$/)
  expect(text).toContain('Pin it like the others')
})

test('pins are those of this repository’s own workflows', async () => {
  const { readdirSync, readFileSync } = await import('node:fs')
  const { join, resolve } = await import('node:path')
  const { PINS } = await import('../../src/init/pins.ts')
  const folder = resolve(import.meta.dirname, '..', '..', '.github', 'workflows')
  const own = readdirSync(folder).flatMap((file) => [
    ...readFileSync(join(folder, file), 'utf8').matchAll(/uses: ([\w./-]+)@([0-9a-f]{40}) # (\S+)/g),
  ])
  expect(own.length).toBeGreaterThan(0)
  for (const [, action, sha, version] of own)
    if (PINS[action!] !== undefined) expect([action, PINS[action!]]).toEqual([action, { sha, version }])
})

test('the job that comments on pull requests of forks runs nothing of them', () => {
  const { files } = proposed(NODE, { forkSafe: true })
  const workflow = (name: string) =>
    parse(files.find(({ path }) => path.endsWith(`/${name}`))!.text) as Workflow & {
      on: { workflow_run: object }
    }
  const measure = workflow('tailgate.yml')
  expect(measure.jobs.performance!.permissions).toEqual({ contents: 'read', 'pull-requests': 'read' })
  expect(measure.jobs.performance!.steps.at(-1)!.with!.mode).toContain("'measure'")
  const report = workflow('tailgate-report.yml')
  expect(report.on.workflow_run).toMatchObject({ workflows: [measure.name] })
  expect(report.jobs.comment!.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' })
  expect(report.jobs.comment!.steps).toEqual([{ uses: 'OWNER/tailgate@v0', with: { mode: 'report' } }])
})

test('tools that a runner lacks are installed, and what both copies need is built', () => {
  const proposal = proposed(EVERYTHING)
  const { text } = workflowsOf(proposal)[0]!
  for (const needed of [
    'setup-node',
    'setup-go',
    'setup-python',
    'setup-java',
    'setup-k6-action',
    'hyperfine',
  ])
    expect(text).toContain(needed)
  expect(text).toContain('node-version-file: .nvmrc')
  const { build } = parse(configOf(proposal)) as { build: string }
  expect(build).toContain('npm ci --no-audit --no-fund && npm run --silent build')
  expect(build).toContain('.venv/bin/python -m pip install --quiet -r requirements-dev.txt')
})

test('a file whose name no line can say is left out, and the others are quoted', () => {
  const { findings } = proposed(REPOSITORIES['names that need care']!)
  expect(findings.map(({ run }) => run)).toEqual([
    'node bench/--help.js',
    "node 'bench/it'\\''s: #1 {a}.mjs'",
  ])
})

test('beside a config that is kept, the workflow has what the repository is made of', () => {
  const { files } = proposed({ 'package.json': '{}' }, { keepsConfig: true })
  expect(files.map(({ path }) => path)).toEqual(['.github/workflows/tailgate.yml'])
  expect(files[0]!.text).toContain('actions/setup-node@')
})

test('a repository without benchmarks gets no gate that gates nothing', () => {
  expect(() => proposed({ 'README.md': '' })).toThrow(
    /no benchmark was found; looked for .*bench files of vitest/,
  )
  const unknown = { 'package.json': '{"scripts":{"bench":"node b.js"}}', 'b.js': '' }
  expect(() => proposed(unknown)).toThrow(/nothing here can be measured as it is: .*tailgate parse -/)
})
