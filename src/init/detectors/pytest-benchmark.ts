import type { Detector } from '../finding.ts'
import { pythonManifest, pythonOf } from '../python.ts'
import { someOf, word } from '../shell.ts'
import { filesNamed, folderOf } from '../tree.ts'

const PACKAGE = /pytest[-_]benchmark/i
/** `def test_a(benchmark, data):` */
const FIXTURE = /^\s*(?:async )?def test\w*\([^)]*\bbenchmark\b/m
/** More files than this are named by their folders. */
const FEW = 6

export const pytestBenchmark: Detector = {
  looksFor: 'pytest-benchmark (tests with the fixture benchmark)',
  detect(tree) {
    const manifest = pythonManifest(tree, PACKAGE)
    const files = filesNamed(tree, /^(?:test_|bench).*\.py$|_test\.py$/)
      .filter(({ text }) => FIXTURE.test(text))
      .map(({ path }) => path)
    if (files.length === 0) return []
    const { build, prefix, setup } = pythonOf(tree, manifest, {
      naming: PACKAGE,
      install: 'pytest pytest-benchmark',
    })
    const places =
      files.length <= FEW ? files : [...new Set(files.map(folderOf))].map((folder) => folder || '.')
    const has = files.length === 1 ? 'has a test' : 'have tests'
    return [
      {
        tool: 'pytest-benchmark',
        because: `${someOf(files)} ${has} with the fixture benchmark${manifest === undefined ? '' : `, and ${manifest} names pytest-benchmark`}`,
        name: 'pytest',
        run: `${prefix}pytest --benchmark-only --benchmark-max-time=0.3 --benchmark-json=pytest-benchmark.json ${places.map(word).join(' ')}`,
        format: 'pytest-benchmark',
        output: 'pytest-benchmark.json',
        notes: ['--benchmark-max-time is short because a round is one of many.'],
        build,
        setup,
        ...(manifest === undefined ? { toUse: 'add pytest-benchmark to the requirements' } : {}),
      },
    ]
  },
}
