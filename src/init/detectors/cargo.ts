import type { Detector, Finding } from '../finding.ts'
import { someOf, under, word } from '../shell.ts'
import { type Table, tablesOf, textOf } from '../toml.ts'
import { filesNamed, folderOf, type Tree } from '../tree.ts'

/** criterion.rs, and the `#[bench]` of nightly Rust. Other harnesses print what is not read. */
export const cargo: Detector = {
  looksFor: 'Cargo benches (criterion in dev-dependencies, #[bench])',
  detect: (tree) =>
    filesNamed(tree, /^Cargo\.toml$/).flatMap(({ path, text }) => {
      const folder = folderOf(path)
      const tables = tablesOf(text)
      const benches = benchesOf(tree, folder, tables)
      return [...criterion(tree, folder, tables, benches), ...libtest(tree, folder, benches)]
    }),
}

interface Bench {
  readonly name: string
  readonly file: string
  readonly text: string
}

/** Those that are declared, and those that Cargo finds in benches/. */
function benchesOf(tree: Tree, folder: string, tables: readonly Table[]): Bench[] {
  const declared = tables
    .filter(({ name, listed }) => name === 'bench' && listed)
    .flatMap((table) => {
      const name = textOf(table, 'name')
      return name === undefined
        ? []
        : [{ name, file: under(folder, textOf(table, 'path') ?? `benches/${name}.rs`) }]
    })
  const prefix = under(folder, 'benches/')
  const found = tree.paths.flatMap((file) => {
    const name = file.startsWith(prefix)
      ? /^([\w-]+)(?:\.rs|\/main\.rs)$/.exec(file.slice(prefix.length))?.[1]
      : undefined
    return name === undefined || declared.some((one) => one.name === name) ? [] : [{ name, file }]
  })
  return [...declared, ...found].map((bench) => ({ ...bench, text: tree.text(bench.file) ?? '' }))
}

function dependsOn(tables: readonly Table[], crate: string): boolean {
  return tables.some(
    ({ name, keys }) =>
      (/(?:^|\.)(?:dev-)?dependencies$/.test(name) && keys.has(crate)) ||
      new RegExp(`(?:^|\\.)(?:dev-)?dependencies\\.${crate}$`).test(name) ||
      (/(?:^|\.)dev-dependencies$/.test(name) && keys.has(`${crate}.workspace`)),
  )
}

function criterion(
  tree: Tree,
  folder: string,
  tables: readonly Table[],
  benches: readonly Bench[],
): Finding[] {
  const mine = benches.filter(({ text }) => /\bcriterion(?:_main!|_group!|::)/.test(text))
  if (mine.length === 0 || !dependsOn(tables, 'criterion')) return []
  const { flags, target, lock } = placeOf(tree, folder, tables)
  const named = mine.map(({ name }) => `--bench ${word(name)}`).join(' ')
  return [
    {
      tool: 'criterion.rs',
      because: `criterion is a dependency, and ${someOf(mine.map(({ file }) => file))} ${mine.length === 1 ? 'uses' : 'use'} it`,
      name: folder === '' ? 'criterion' : `criterion-${folder}`,
      run: `cargo bench${lock}${flags} ${named} -- --noplot --warm-up-time 0.5 --measurement-time 1`,
      format: 'criterion',
      output: under(target, 'criterion'),
      notes: [
        'What it prints has only means; the folder has every sample. The benches are named one by one because the test',
        'harness of a library does not know the flags of criterion.',
      ],
      build: [`cargo bench${lock}${flags} ${named} --no-run`],
    },
  ]
}

function libtest(tree: Tree, folder: string, benches: readonly Bench[]): Finding[] {
  const prefix = under(folder, 'src/')
  const sources = tree.paths.filter((path) => path.startsWith(prefix) && path.endsWith('.rs'))
  const mine = [...sources, ...benches.map(({ file }) => file)].filter((path) =>
    /^\s*#\[bench\]/m.test(tree.text(path) ?? ''),
  )
  if (mine.length === 0) return []
  const { flags, lock } = placeOf(tree, folder, tablesOf(tree.text(under(folder, 'Cargo.toml')) ?? ''))
  return [
    {
      tool: 'cargo bench (libtest)',
      because: `${someOf(mine)} ${mine.length === 1 ? 'has' : 'have'} #[bench], which is of nightly Rust`,
      name: folder === '' ? 'cargo' : `cargo-${folder}`,
      run: `cargo +nightly bench${lock}${flags}`,
      format: 'libtest',
      build: [`cargo +nightly bench${lock}${flags} --no-run`],
      setup: [{ kind: 'run', line: 'rustup toolchain install nightly --profile minimal' }],
    },
  ]
}

/** A member of a workspace is named and shares its target folder; a crate of its own is found by its manifest. */
function placeOf(
  tree: Tree,
  folder: string,
  tables: readonly Table[],
): { flags: string; target: string; lock: string } {
  const locked = (place: string) => (tree.paths.includes(under(place, 'Cargo.lock')) ? ' --locked' : '')
  if (folder === '') return { flags: '', target: 'target', lock: locked('') }
  const root = tablesOf(tree.text('Cargo.toml') ?? '').some(({ name }) => name === 'workspace')
  const name = textOf(
    tables.find((table) => table.name === 'package'),
    'name',
  )
  if (root && name !== undefined) return { flags: ` -p ${word(name)}`, target: 'target', lock: locked('') }
  return {
    flags: ` --manifest-path ${word(`${folder}/Cargo.toml`)}`,
    target: `${folder}/target`,
    lock: locked(folder),
  }
}
