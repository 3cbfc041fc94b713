import { posix } from 'node:path'
import type { Detector, Finding } from '../finding.ts'
import { type Package, packagesOf } from '../packages.ts'
import { printedBy } from '../script-source.ts'
import { someOf, under, within, word } from '../shell.ts'
import type { Tree } from '../tree.ts'

const NAMED = /^(?:bench|benchmarks?|perf|performance)(?:$|[:._-])/
/** What writes, compares or shows rather than measures. */
const ASIDE = /(?:build|compare|report|update|install|setup|clean|lint|watch|chart|plot|profile)/
/** Tools with a detector of their own. */
const OTHERS =
  /\b(?:vitest|k6|artillery|locust|autocannon|wrk2?|hyperfine|size-limit|lhci|lighthouse|tailgate)\b/
/** `node --expose-gc bench/a.mjs`: the file. */
const RUNS_FILE =
  /(?:^|\s|&&\s*)(?:node|tsx|ts-node|bun(?: run)?|deno run)\s(?:-\S+\s+)*["']?([\w./@-]+\.[cm]?[jt]s)\b/
const LIES_ASIDE = /(?:^|\/)(?:bench|benches|benchmark|benchmarks|perf)\/[^/]+\.[cm]?js$|\.bench\.[cm]?js$/

/** Scripts of package.json that are called after measuring, and files of known libraries that none of them runs. */
export const packageScripts: Detector = {
  looksFor:
    'scripts of package.json named bench, benchmark or perf; scripts of tinybench, mitata and benchmark.js',
  detect: (tree) => {
    const packages = packagesOf(tree)
    const scripts = packages.flatMap((of) => scriptsOf(of).map((script) => ({ of, ...script })))
    const ran = new Set(scripts.flatMap(({ file }) => (file === undefined ? [] : [file])))
    return [
      ...scripts.map(({ of, name, file }) => ofScript(tree, of, name, file)),
      ...packages.flatMap((of) => loose(tree, packages, of, ran)),
    ]
  },
}

function scriptsOf({ folder, scripts }: Package): { name: string; file?: string }[] {
  return Object.entries(scripts).flatMap(([name, command]) => {
    if (!NAMED.test(name) || ASIDE.test(name) || OTHERS.test(command)) return []
    // A script that only calls others would measure them twice.
    if (/\b(?:run-s|run-p|npm-run-all|(?:npm|pnpm|yarn) run)\b/.test(command)) return []
    const file = RUNS_FILE.exec(command)?.[1]
    return [{ name, ...(file === undefined ? {} : { file: posix.normalize(under(folder, file)) }) }]
  })
}

function ofScript(
  tree: Tree,
  { folder, manager, build, setup }: Package,
  name: string,
  file?: string,
): Finding {
  const printed = file === undefined ? undefined : printedBy(tree.text(file) ?? '')
  const line = within(folder, manager.script(name))
  return {
    tool: printed?.tool ?? 'a script of package.json',
    because: `package.json has the script "${name}"${file === undefined ? '' : `, which runs ${file}`}`,
    name: folder === '' ? name : `${folder}-${name}`,
    run: line,
    ...(printed?.format === undefined ? {} : { format: printed.format }),
    build,
    setup,
    ...toUseOf(printed, line),
  }
}

function toUseOf(printed: ReturnType<typeof printedBy>, line: string): { toUse?: string } {
  if (printed === undefined)
    return { toUse: `see whether its output is one that is read: ${line} | tailgate parse -` }
  return printed.toUse === undefined ? {} : { toUse: printed.toUse }
}

/** Files in a folder of benchmarks that use a known library and are run by no script. */
function loose(tree: Tree, packages: readonly Package[], of: Package, ran: ReadonlySet<string>): Finding[] {
  const { folder, build, setup, dependencies } = of
  if (
    dependencies.vitest !== undefined &&
    Object.keys(dependencies).every((name) => !/^(?:tinybench|mitata|benchmark)$/.test(name))
  )
    return []
  const files = tree.paths.filter(
    (path) => LIES_ASIDE.test(path) && !ran.has(path) && innermost(packages, path) === of,
  )
  return files.flatMap((file) => {
    const printed = printedBy(tree.text(file) ?? '')
    if (printed === undefined) return []
    const inside = folder === '' ? file : file.slice(folder.length + 1)
    return [
      {
        tool: printed.tool,
        because: `${someOf([file])} uses ${printed.tool}`,
        name: posix.basename(file).replace(/(?:\.bench)?\.[cm]?js$/, ''),
        run: within(folder, `node ${word(inside)}`),
        ...(printed.format === undefined ? {} : { format: printed.format }),
        build,
        setup,
        ...(printed.toUse === undefined ? {} : { toUse: printed.toUse }),
      },
    ]
  })
}

function innermost(packages: readonly Package[], path: string): Package | undefined {
  return packages
    .filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0]
}
