import type { Detector, Finding } from '../finding.ts'
import { someOf, under, within, word } from '../shell.ts'
import { filesNamed, folderOf, type Tree } from '../tree.ts'

const BENCHMARK = /^func Benchmark(?![a-z])\w*\(\s*\w+\s+\*testing\.B\s*\)/m

/** One finding a module: `go test` does not cross them. */
export const go: Detector = {
  looksFor: 'Go benchmarks (func Benchmark… in *_test.go)',
  detect(tree) {
    const modules = tree.paths.filter((path) => /(?:^|\/)go\.mod$/.test(path)).map(folderOf)
    const files = filesNamed(tree, /_test\.go$/).filter(({ text }) => BENCHMARK.test(text))
    return modules.flatMap((module) => {
      const mine = files.map(({ path }) => path).filter((path) => moduleOf(modules, path) === module)
      return mine.length === 0 ? [] : [findingOf(tree, module, mine)]
    })
  },
}

function moduleOf(modules: readonly string[], path: string): string | undefined {
  return modules
    .filter((module) => module === '' || path.startsWith(`${module}/`))
    .sort((a, b) => b.length - a.length)[0]
}

/** More packages than this are left for `go test` to find. */
const FEW = 4

function findingOf(tree: Tree, module: string, files: readonly string[]): Finding {
  const inside = (path: string) => (module === '' ? path : path.slice(module.length + 1))
  const packages = [...new Set(files.map((path) => folderOf(inside(path))))].map((folder) =>
    folder === '' ? '.' : `./${folder}`,
  )
  const named = packages.length > FEW ? './...' : packages.map(word).join(' ')
  const name = /^module\s+(\S+)/m.exec(tree.text(under(module, 'go.mod')) ?? '')?.[1]
  return {
    tool: 'go test -bench',
    because: `${someOf(files)} ${files.length === 1 ? 'has' : 'have'} benchmarks of module ${name ?? module}`,
    name: module === '' ? 'go' : `go-${module}`,
    run: within(module, `go test -run='^$' -bench=. -benchtime=100ms -count=1 ${named}`),
    format: 'go-bench',
    notes: [
      '-benchtime is short because a round is one of many: many short rounds tell more than few long ones.',
      'Add -benchmem to see bytes and allocations, which can be judged by `threshold: { "allocs/op": 1% }`.',
    ],
    setup: [
      {
        kind: 'action',
        action: 'actions/setup-go',
        with: { 'go-version-file': under(module, 'go.mod'), cache: false },
      },
    ],
  }
}
