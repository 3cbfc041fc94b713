/** What `tailgate init` looks for: one line each, in the order in which it is written. */

export { artillery } from './artillery.ts'
export { cargo } from './cargo.ts'
export { go } from './go.ts'
export { googleBenchmark } from './google-benchmark.ts'
export { httpTools } from './http-tools.ts'
export { hyperfine } from './hyperfine.ts'
export { jmh } from './jmh.ts'
export { k6 } from './k6.ts'
export { locust } from './locust.ts'
export { packageScripts } from './package-scripts.ts'
export { pytestBenchmark } from './pytest-benchmark.ts'
export { vitest } from './vitest.ts'
