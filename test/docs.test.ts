/**
 * Pages for users say what is true. Blocks of code are told apart by the words after their fence:
 *
 *   ```sh            runs, in a repository of its own for each section (##), after all else of the section is in place
 *   ```yaml          a config: loads, and is the section's `tailgate.yml`
 *   ```yaml part     keys at the top of a config: load beside a benchmark
 *   ```yaml budgets  a list of budgets
 *   ```yaml workflow GitHub takes it
 *   ```… theirs      of another tool: only shown
 *   ```… a/file.ext  a file, in the repositories of all sections of the page
 *   ```console       what is typed and printed elsewhere: only shown
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadPlan } from '../src/config/load.ts'
import { parseBudget } from '../src/core/budget-expression.ts'
import { formats } from '../src/formats/registry.ts'
import { cliFile, run } from './bundle.ts'
import { repository, temporaryFolder } from './cli/repository.ts'
import { workflowFaults } from './init/workflow-schema.ts'

const root = resolve(import.meta.dirname, '..')
const PAGES = [
  'moving-over',
  'troubleshooting',
  'github',
  'validation-suites',
  'resilience',
  'scaling',
].filter((page) => existsSync(join(root, 'docs', `${page}.md`)))

interface Block {
  readonly page: string
  readonly section: string
  readonly line: number
  readonly language: string
  readonly word: string
  readonly text: string
}

const textOf = (page: string) => readFileSync(join(root, 'docs', `${page}.md`), 'utf8')

function blocksOf(page: string): Block[] {
  const blocks: Block[] = []
  let section = ''
  let open: { language: string; word: string; line: number; lines: string[] } | undefined
  for (const [i, line] of textOf(page).split('\n').entries()) {
    const fence = /^```(\w*)(?: (.*))?$/.exec(line)
    if (open !== undefined && line === '```') {
      blocks.push({ page, section, ...open, text: `${open.lines.join('\n')}\n` })
      open = undefined
    } else if (open !== undefined) open.lines.push(line)
    else if (fence !== null) open = { language: fence[1]!, word: fence[2] ?? '', line: i + 1, lines: [] }
    else if (line.startsWith('## ')) section = line.slice(3)
  }
  return blocks
}

const BLOCKS = PAGES.flatMap(blocksOf)
const isConfig = ({ language, word }: Block) => language === 'yaml' && word === ''
const load = (text: string) => loadPlan(text, 'tailgate.yml', { formats: formats.map(({ name }) => name) })

test.each(BLOCKS.filter(isConfig))('$page:$line is a config', ({ text }) => {
  expect(load(text).benchmarks.length).toBeGreaterThan(0)
})

test.each(BLOCKS.filter(({ word }) => word === 'part'))('$page:$line is part of a config', ({ text }) => {
  const config =
    'benchmarks' in (parse(text) as object) ? text : `${text}benchmarks: [{ name: json, run: "true" }]\n`
  expect(load(config).benchmarks.length).toBeGreaterThan(0)
})

test.each(BLOCKS.filter(({ word }) => word === 'budgets'))('$page:$line are budgets', ({ text }) => {
  for (const budget of parse(text) as string[]) expect(parseBudget(budget).limit).toBeGreaterThan(0)
})

test.each(BLOCKS.filter(({ word }) => word === 'workflow'))('$page:$line is a workflow', async (block) => {
  expect(await workflowFaults(`${block.page}.yml`, block.text)).toEqual([])
  const inputs = Object.keys(
    (parse(readFileSync(join(root, 'action.yml'), 'utf8')) as { inputs: object }).inputs,
  )
  const { jobs } = parse(block.text) as {
    jobs: Record<string, { steps: { uses?: string; with?: object }[] }>
  }
  for (const step of Object.values(jobs).flatMap(({ steps }) => steps))
    if (step.uses?.includes('/tailgate@'))
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
})

/** Tools that a page's commands start and that are not installed here: they write what the real ones wrote. */
const TOOLS: Readonly<Record<string, string>> = {
  // Four times as many requests, none of them failed: else there are too few for a p99.
  k6: 'for i in 1 2 3 4; do sed "/http_req_failed/s/\\"value\\":1/\\"value\\":0/" "$FIXTURES/k6/points/input.ndjson"; done > "$(printf "%s\\n" "$@" | sed -n s/^json=//p)"',
  npx: 'cp "$FIXTURES/lighthouse/report/input.json" "$(printf "%s\\n" "$@" | sed -n s/^--output-path=//p)"',
}

function programs(): string {
  const folder = temporaryFolder()
  const scripts = { tailgate: `exec "${process.execPath}" "${cliFile()}" "$@"`, ...TOOLS }
  for (const [name, line] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

const RUN = BLOCKS.filter(({ language, word }) => language === 'sh' && word === '')
const SECTIONS = [
  ...new Map(RUN.map(({ page, section }) => [`${page}: ${section}`, { page, section }])).values(),
]

test.each(SECTIONS)('$page: the commands under "$section" run', async ({ page, section }) => {
  const ofPage = BLOCKS.filter((block) => block.page === page)
  const mine = ofPage.filter((block) => block.section === section)
  const { folder, commit } = repository({ '.gitignore': '*.out\n' })
  for (const { word, text } of ofPage.filter((block) => /\.\w+$/.test(block.word))) {
    mkdirSync(dirname(join(folder, word)), { recursive: true })
    writeFileSync(join(folder, word), text)
  }
  const config = mine.findLast(isConfig)
  if (config !== undefined) writeFileSync(join(folder, 'tailgate.yml'), config.text)
  commit('files of the page')
  const PATH = `${programs()}:${process.env.PATH ?? ''}`
  for (const line of mine
    .filter((block) => RUN.includes(block))
    .flatMap(({ text }) => text.trim().split('\n'))) {
    const env = { PATH, FIXTURES: join(root, 'fixtures', 'formats') }
    const { code, stdout, stderr } = await run('sh', ['-c', line], { cwd: folder, env })
    expect([line, code, code === 0 ? '' : `${stdout}${stderr}`]).toEqual([line, 0, ''])
  }
})

test.each(PAGES)('links of %s lead somewhere', (page) => {
  const targets = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!)
  for (const target of targets.filter((one) => !/^https?:/.test(one))) {
    const [path, anchor] = target.split('#')
    const file = path === '' ? join(root, 'docs', `${page}.md`) : join(root, 'docs', path!)
    expect([target, existsSync(file)]).toEqual([target, true])
    if (anchor !== undefined) expect(anchorsOf(readFileSync(file, 'utf8'))).toContain(anchor)
  }
})

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('every warning has a heading in troubleshooting, and no heading is of a warning that is gone', () => {
  const src = join(root, 'src')
  const codes = new Set(
    readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(join(src, file), 'utf8').matchAll(/\bcode: '([a-z][a-z-]+)'/g)])
      .map((match) => match[1]!)
      // A fault of the schema's library, not a warning.
      .filter((code) => code !== 'custom'),
  )
  const headings = [...textOf('troubleshooting').matchAll(/^### `([a-z-]+)`$/gm)].map((match) => match[1]!)
  expect([...codes].filter((code) => !headings.includes(code)).sort()).toEqual([])
  expect(headings.filter((code) => !codes.has(code)).sort()).toEqual([])
})

test('troubleshooting quotes messages as they are', () => {
  const src = join(root, 'src')
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(src, file), 'utf8').replaceAll('\\`', '`'))
  const quoted = [...textOf('troubleshooting').matchAll(/^### (.*)$/gm)]
    .map((match) => match[1]!)
    .filter((heading) => !/^`[a-z-]+`$/.test(heading) && !SYMPTOMS.has(heading))
  const said = (heading: string) => {
    const fixed = heading
      .split('…')
      .map((part) => part.trim())
      .filter((part) => part.length > 3)
    return fixed.every((part) => sources.some((source) => source.includes(part)))
  }
  expect(quoted.length).toBeGreaterThan(40)
  expect(quoted.filter((heading) => !said(heading))).toEqual([])
})

/** What people see rather than what is said. */
const SYMPTOMS = new Set(['Red, and nothing was changed', 'Green, and it did become slower'])
