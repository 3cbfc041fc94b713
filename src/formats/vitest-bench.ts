import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { timesOf } from './measured.ts'
import { outlineOf } from './outline.ts'
import { readTinybench } from './tinybench-statistics.ts'

/**
 * vitest bench: the file of `--outputJson` (to version 4), and the `json` reporter, whose tests have `benchmarks` since
 * version 5. Names are file, groups and benchmark, as vitest joins them. https://vitest.dev/guide/features#benchmarking
 */
export const vitestBench: TextFormat = {
  name: 'vitest-bench',
  title: 'vitest bench (--outputJson, json reporter)',
  keeps: 'percentiles; raw samples where included',
  detect(start) {
    const outline = outlineOf(start)
    return (
      outline.has('files[].groups[].benchmarks[]') ||
      outline.has('testResults[].assertionResults[].benchmarks[]')
    )
  },
  parse(text) {
    const root = parseJson(text)
    const files = root.get('files')
    if (files !== undefined) return { results: files.array().flatMap(readFile) }
    const modules = root.at('testResults').array()
    const labels = labelsOf(modules.map((module) => module.at('name').string()))
    return { results: modules.flatMap((module, i) => readModule(module, labels[i]!)) }
  },
}

function readFile(file: Json): Result[] {
  return file
    .at('groups')
    .array()
    .flatMap((group) =>
      group
        .at('benchmarks')
        .array()
        .flatMap((benchmark): Result[] => {
          const name = `${group.at('fullName').string()} > ${benchmark.at('name').string()}`
          // One that threw is left with its name and its rank.
          if (benchmark.get('mean') === undefined)
            return [{ benchmark: name, status: 'failed', reason: 'vitest has no figures of it: it threw' }]
          return readTinybench(name, benchmark)
        }),
    )
}

/** A file of tests; its name is an absolute path. */
function readModule(module: Json, label: string): Result[] {
  const tests = module.at('assertionResults').array()
  const results = tests.flatMap((test): Result[] => {
    const benchmark = `${label} > ${[...test.at('ancestorTitles').array(), test.at('title')].map((title) => title.string()).join(' > ')}`
    if (test.at('status').string() === 'failed') {
      const [reason] = test.at('failureMessages').array()
      return [
        {
          benchmark,
          status: 'failed',
          reason: reason?.string().split('\n', 1)[0]?.slice(0, 500) ?? 'it failed',
        },
      ]
    }
    return (test.get('benchmarks')?.array() ?? []).flatMap((group) =>
      group
        .at('tasks')
        .array()
        .flatMap((task) =>
          readTinybench(`${label} > ${group.at('name').string()} > ${task.at('name').string()}`, task),
        ),
    )
  })
  if (results.length > 0 || module.at('status').string() !== 'failed') return results
  const reason = module.get('message')?.string().slice(0, 500)
  return [
    {
      benchmark: label,
      status: 'failed',
      reason: reason === undefined || reason === '' ? 'it failed' : reason,
    },
  ]
}

/** The last part of each path, or the last two where files share it. */
function labelsOf(paths: readonly string[]): string[] {
  const tail = (path: string, parts: number) => path.split(/[\\/]/).slice(-parts).join('/')
  const times = timesOf(paths.map((path) => tail(path, 1)))
  return paths.map((path) => tail(path, times.get(tail(path, 1))! > 1 ? 2 : 1))
}
