import type { Detector, Finding } from '../finding.ts'
import { word } from '../shell.ts'
import { filesNamed, folderOf, type Tree } from '../tree.ts'

const LINKS = /target_link_libraries\s*\(\s*(\S+)([^)]*)\)/gi

/** Targets of CMake that link to it. */
export const googleBenchmark: Detector = {
  looksFor: 'Google Benchmark (targets of CMake that link to benchmark::benchmark)',
  detect(tree) {
    if (!tree.paths.includes('CMakeLists.txt')) return []
    return filesNamed(tree, /^CMakeLists\.txt$/).flatMap(({ path, text }) =>
      [...text.replace(/#.*$/gm, '').matchAll(LINKS)]
        .filter(([, , libraries]) => /\bbenchmark::benchmark(?:_main)?\b/.test(libraries!))
        .map(([, target]) => findingOf(tree, path, target!)),
    )
  },
}

function findingOf(tree: Tree, path: string, target: string): Finding {
  const folder = folderOf(path)
  const program = ['.', 'build', ...(folder === '' ? [] : [folder]), target].join('/')
  const known = /^[\w.+-]+$/.test(target)
  return {
    tool: 'Google Benchmark',
    because: `${path} links ${target} to benchmark::benchmark`,
    name: known ? target : 'google-benchmark',
    run: `${word(program)} --benchmark_min_time=0.1 --benchmark_out=${target}.json --benchmark_out_format=json`,
    format: 'google-benchmark',
    output: `${target}.json`,
    notes: ['--benchmark_min_time is short because a round is one of many.'],
    build: [
      `cmake -S . -B build -DCMAKE_BUILD_TYPE=Release${benchesOff(tree)}`,
      `cmake --build build --parallel --target ${target}`,
    ],
    ...(known ? {} : { toUse: `the name of the target is a variable, ${target}: put its name in its place` }),
  }
}

/** Projects often leave their benchmarks out unless an option asks for them. */
function benchesOff(tree: Tree): string {
  const text = tree.text('CMakeLists.txt') ?? ''
  const option = /^\s*option\s*\(\s*(\w*BENCH\w*)\s+(?:"[^"]*"\s+)?OFF\s*\)/im.exec(text)?.[1]
  return option === undefined ? '' : ` -D${option}=ON`
}
