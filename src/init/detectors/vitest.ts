import type { Detector, Finding } from '../finding.ts'
import { type Package, packagesOf } from '../packages.ts'
import { someOf, under, within } from '../shell.ts'
import type { Tree } from '../tree.ts'

/** What vitest takes for a bench file unless told otherwise. */
const BENCH = /\.(?:bench|benchmark)\.[cm]?[jt]sx?$/
const OUTPUT = 'vitest-bench.json'

export const vitest: Detector = {
  looksFor: 'bench files of vitest (*.bench.ts)',
  detect(tree) {
    const packages = packagesOf(tree)
    const withVitest = packages.filter(({ dependencies }) => dependencies.vitest !== undefined)
    return withVitest.flatMap((of) => {
      const files = tree.paths.filter(
        (path) => BENCH.test(path) && nearest(packages, path, withVitest) === of && runsOnVitest(tree, path),
      )
      return files.length === 0 ? [] : [findingOf(of, files)]
    })
  },
}

/** The package with vitest that a file belongs to: the innermost above it. */
function nearest(all: readonly Package[], path: string, able: readonly Package[]): Package | undefined {
  const above = all.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
  return above.filter((one) => able.includes(one)).sort((a, b) => b.folder.length - a.folder.length)[0]
}

/** Other tools call their files the same. */
function runsOnVitest(tree: Tree, path: string): boolean {
  const text = tree.text(path)
  return text === undefined || !/from ['"](?:tinybench|mitata|benchmark|bun:test)['"]/.test(text)
}

function findingOf(
  { folder, manager, build, setup, dependencies }: Package,
  files: readonly string[],
): Finding {
  // Since version 5 it is the reporter for tests that has the figures; `--outputJson` is gone.
  const major = Number(/\d+/.exec(dependencies.vitest!)?.[0] ?? Number.NaN)
  const flags = major >= 5 ? `--reporter=json --outputFile=${OUTPUT}` : `--outputJson=${OUTPUT}`
  return {
    tool: 'vitest bench',
    because: `vitest is a dependency, and ${someOf(files)} ${files.length === 1 ? 'is a bench file' : 'are bench files'}`,
    name: folder === '' ? 'vitest' : `vitest-${folder}`,
    run: within(folder, manager.exec(`vitest bench --run ${flags}`)),
    format: 'vitest-bench',
    output: under(folder, OUTPUT),
    notes: [
      ...(Number.isNaN(major) ? ['Since version 5 its flags are: --reporter=json --outputFile=FILE.'] : []),
      'Many short rounds tell more than few long ones: { time: 100 } as the last argument of bench() is plenty.',
    ],
    build,
    setup,
  }
}
