import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { vitePagePlugin } from './build/page.mjs'

/**
 * What takes ten seconds and more, the longest first: begun last, one of them would go on alone. The suites of the
 * examples are one file, and the other files that hold this machine to figures come late, so that they seldom meet.
 */
const LONG = [
  'examples/suites',
  'github/action',
  'suites/profiles',
  'suites/faults',
  'github/fork',
  'github/shards',
  'docs',
  'cli/run',
  'suites/script-faults',
  'github/faults',
  'github/gates',
  'github/acceptance',
  'github/history',
  'cli/release',
  'init/init',
  'page/page',
  'readme',
  'examples/full-suite',
  'examples/registration',
].map((name) => `/test/${name}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => LONG.findIndex((name) => moduleId.endsWith(name)) + 1
    const rank = (file: TestSpecification) => place(file) || LONG.length + 1
    return [...(await super.sort(files))].sort((one, other) => rank(one) - rank(other))
  }
}

const cores = availableParallelism()

export default defineConfig({
  plugins: [vitePagePlugin()],
  test: {
    globalSetup: ['test/build-bundle.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // CommonJS dependencies are seen as Node sees them, and as the bundle does.
    deps: { interopDefault: false },
    sequence: { sequencer: LongestFirst },
    // Both cores where there are two: much of the time is waiting for processes. Else one is left for what they start.
    maxWorkers: Math.max(Math.min(cores, 2), cores - 1),
    // Far more than any test takes: a machine may be busy with other things.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
