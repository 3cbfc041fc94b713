/** What is found in repositories of each kind, and how it would be run. */
import { expect, test } from 'vitest'
import { formats } from '../../src/formats/registry.ts'
import * as detectors from '../../src/init/detectors/index.ts'
import type { Finding } from '../../src/init/finding.ts'
import { treeFrom } from '../../src/init/tree.ts'
import type { Files } from '../cli/repository.ts'

function found(files: Files): Finding[] {
  const tree = treeFrom(Object.keys(files).sort(), (path) => files[path])
  return Object.values(detectors).flatMap((detector) => detector.detect(tree))
}

const manifest = (of: object): string => JSON.stringify(of)
const LOCK = { 'package-lock.json': '{}' }
const VITEST = manifest({ devDependencies: { vitest: '^4.0.0' } })
const K6 = "import http from 'k6/http'\nexport default () => http.get('http://localhost:3000/')"

/** [what, files, [run, format, output] of each finding that is ready] */
const READY: readonly [string, Files, readonly (readonly (string | undefined)[])[]][] = [
  [
    'vitest to version 4',
    { 'package.json': VITEST, ...LOCK, 'src/a.bench.ts': '' },
    [['npx --no -- vitest bench --run --outputJson=vitest-bench.json', 'vitest-bench', 'vitest-bench.json']],
  ],
  [
    'vitest since version 5, with pnpm, in a package of a workspace',
    {
      'package.json': manifest({ private: true }),
      'pnpm-lock.yaml': '',
      'packages/a/package.json': manifest({ devDependencies: { vitest: '5.1.0' } }),
      'packages/a/x.bench.mts': '',
    },
    [
      [
        'cd packages/a && pnpm exec vitest bench --run --reporter=json --outputFile=vitest-bench.json',
        'vitest-bench',
        'packages/a/vitest-bench.json',
      ],
    ],
  ],
  [
    'a script of package.json that prints a table of tinybench',
    {
      'package.json': manifest({ scripts: { bench: 'node bench/a.mjs' } }),
      'bench/a.mjs': "import { Bench } from 'tinybench'\nconsole.table(bench.table())",
    },
    [['npm run --silent bench', 'tinybench', undefined]],
  ],
  [
    'a script that prints samples',
    {
      'package.json': manifest({ scripts: { 'bench:io': 'node --expose-gc ./io.js' } }),
      'io.js': "console.log(JSON.stringify({ unit: 'ms', values }))",
    },
    [['npm run --silent bench:io', 'samples', undefined]],
  ],
  [
    'a file of mitata that no script runs',
    {
      'package.json': manifest({ dependencies: { mitata: '1' } }),
      'benchmarks/sort.mjs': "import { run } from 'mitata'\nawait run({ format: 'json' })",
    },
    [['node benchmarks/sort.mjs', 'mitata', undefined]],
  ],
  [
    'Go, a module at the top and one below',
    {
      'go.mod': 'module example.org/a',
      'x/x_test.go': 'func BenchmarkX(b *testing.B) {}',
      'tools/go.mod': 'module example.org/tools',
      'tools/t_test.go': 'func BenchmarkT(b *testing.B) {}',
      'y_test.go': 'func Benchmarker(b *testing.B) {}',
    },
    [
      ["go test -run='^$' -bench=. -benchtime=100ms -count=1 ./x", 'go-bench', undefined],
      ["cd tools && go test -run='^$' -bench=. -benchtime=100ms -count=1 .", 'go-bench', undefined],
    ],
  ],
  [
    'criterion in a crate',
    {
      'Cargo.toml':
        '[package]\nname = "a"\n[dev-dependencies]\ncriterion = { version = "0.7" }\n[[bench]]\nname = "one"\nharness = false\n',
      'Cargo.lock': '',
      'benches/one.rs': 'use criterion::Criterion;\ncriterion_main!(a);',
      'benches/two.rs': 'criterion::criterion_main!(b);',
    },
    [
      [
        'cargo bench --locked --bench one --bench two -- --noplot --warm-up-time 0.5 --measurement-time 1',
        'criterion',
        'target/criterion',
      ],
    ],
  ],
  [
    'criterion in a member of a workspace',
    {
      'Cargo.toml': '[workspace]\nmembers = [\n  "crates/*",\n]\n',
      'crates/b/Cargo.toml': '[package]\nname = "bee"\n\n[dev-dependencies.criterion]\nworkspace = true\n',
      'crates/b/benches/one.rs': 'criterion_group!(a);',
    },
    [
      [
        'cargo bench -p bee --bench one -- --noplot --warm-up-time 0.5 --measurement-time 1',
        'criterion',
        'target/criterion',
      ],
    ],
  ],
  [
    "Rust's own benches",
    { 'Cargo.toml': '[package]\nname = "a"', 'src/lib.rs': '#[bench]\nfn a(b: &mut Bencher) {}' },
    [['cargo +nightly bench', 'libtest', undefined]],
  ],
  [
    'pytest-benchmark in an extra of the project',
    {
      'pyproject.toml':
        '[build-system]\n[project]\nrequires-python = ">=3.11"\n[project.optional-dependencies]\nbench = ["pytest-benchmark>=5"]\n',
      'tests/test_speed.py': 'def test_a(benchmark):\n  benchmark(f)',
      'tests/test_other.py': 'def test_b(): pass',
    },
    [
      [
        '.venv/bin/pytest --benchmark-only --benchmark-max-time=0.3 --benchmark-json=pytest-benchmark.json tests/test_speed.py',
        'pytest-benchmark',
        'pytest-benchmark.json',
      ],
    ],
  ],
  [
    'JMH with Maven',
    {
      'pom.xml': '<artifactId>jmh-core</artifactId>',
      'src/main/java/A.java': '@Benchmark public void a() {}',
    },
    [['java -jar target/benchmarks.jar -f 1 -wi 2 -w 1 -i 5 -r 1 -rf json -rff jmh.json', 'jmh', 'jmh.json']],
  ],
  [
    'JMH with Gradle in a subproject',
    {
      'settings.gradle.kts': '',
      gradlew: '',
      'perf/build.gradle.kts': 'plugins { id("me.champeau.jmh") version "0.7.3" }',
      'perf/src/jmh/java/A.java': '@Benchmark public void a() {}',
    },
    [
      [
        'cd perf && java -jar build/libs/*-jmh.jar -f 1 -wi 2 -w 1 -i 5 -r 1 -rf json -rff jmh.json',
        'jmh',
        'perf/jmh.json',
      ],
    ],
  ],
  [
    'Google Benchmark',
    {
      'CMakeLists.txt': 'option(ACME_BUILD_BENCHMARKS "Build them" OFF)\nadd_subdirectory(bench)',
      'bench/CMakeLists.txt':
        'add_executable(speed a.cc)\ntarget_link_libraries(speed PRIVATE acme benchmark::benchmark_main)',
    },
    [
      [
        './build/bench/speed --benchmark_min_time=0.1 --benchmark_out=speed.json --benchmark_out_format=json',
        'google-benchmark',
        'speed.json',
      ],
    ],
  ],
  [
    'hyperfine in a script and in a shell script that exports',
    {
      'package.json': manifest({ scripts: { startup: "hyperfine 'node .'" } }),
      'bench.sh': '#!/bin/bash\nhyperfine --export-json out/b.json ./a\n',
    },
    [
      ["hyperfine 'node .' --export-json hyperfine.json", 'hyperfine', 'hyperfine.json'],
      ['bash bench.sh', 'hyperfine', 'out/b.json'],
    ],
  ],
  [
    'k6 against a server that package.json starts',
    { 'package.json': manifest({ scripts: { start: 'node server.js' } }), 'load/api.js': K6 },
    [['k6 run --quiet --no-thresholds --out json=k6-api.json load/api.js', 'k6', 'k6-api.json']],
  ],
  [
    'Artillery and Locust against it',
    {
      'package.json': manifest({ scripts: { start: 'node server.js' }, devDependencies: { artillery: '2' } }),
      'load.yml': 'config:\n  target: http://localhost:3000\n  phases: []\nscenarios: []\n',
      'locustfile.py': 'from locust import HttpUser\nclass A(HttpUser):\n  pass\n',
      'requirements.txt': 'locust\n',
    },
    [
      [
        'npx --no -- artillery run --quiet --target "http://127.0.0.1:$APP_PORT" --output artillery-load.json load.yml',
        'artillery',
        'artillery-load.json',
      ],
      [
        '.venv/bin/locust -f locustfile.py --headless --skip-log --json --users 10 --spawn-rate 10 --run-time 10s --host "http://127.0.0.1:$APP_PORT"',
        'locust',
        undefined,
      ],
    ],
  ],
  [
    'autocannon and wrk in scripts',
    {
      'package.json': manifest({
        scripts: {
          start: 'node server.js',
          load: 'autocannon -c 10 http://localhost:8080',
          'load:wrk': 'wrk -t2 -c8 --latency http://localhost:8080',
        },
      }),
    },
    [
      ['npx --yes autocannon --json -c 10 http://localhost:8080', 'autocannon', undefined],
      ['wrk -t2 -c8 --latency http://localhost:8080', 'wrk', undefined],
    ],
  ],
]

test.each(READY)('%s', (_, files, expected) => {
  const ready = found(files).filter(({ toUse }) => toUse === undefined)
  expect(ready.map(({ run, format, output }) => [run, format, output])).toEqual(expected)
  for (const { format } of ready) expect(formats.map(({ name }) => name)).toContain(format)
})

/** [what, files, why it cannot run as it is] */
const NOT_YET: readonly [string, Files, RegExp][] = [
  [
    'a script whose output nobody knows',
    { 'package.json': manifest({ scripts: { bench: 'node b.js' } }), 'b.js': "console.log('fast')" },
    /npm run --silent bench \| tailgate parse -/,
  ],
  [
    'mitata that prints for people',
    {
      'package.json': manifest({ scripts: { bench: 'node b.js' } }),
      'b.js': "import { run } from 'mitata'\nrun()",
    },
    /run\(\{ format: 'json' \}\)/,
  ],
  [
    'the fixture of pytest-benchmark without the package',
    { 'test_a.py': 'def test_a(benchmark): pass' },
    /add pytest-benchmark/,
  ],
  ['k6 without anything to start', { 'a.js': K6 }, /how to start what it loads/],
  [
    'k6 against a machine elsewhere',
    {
      'package.json': manifest({ scripts: { start: 'node s.js' } }),
      'a.js': K6.replace('http://localhost:3000', 'https://staging.example.com'),
    },
    /staging\.example\.com, where base and head are the same/,
  ],
  ['hyperfine that exports nothing', { 'b.sh': 'hyperfine ./a' }, /--export-json/],
  [
    'Google Benchmark whose target is a variable',
    { 'CMakeLists.txt': 'target_link_libraries(${B} benchmark::benchmark)' },
    /\$\{B\}/,
  ],
]

test.each(NOT_YET)('%s is found, and not run', (_, files, why) => {
  const all = found(files)
  expect(all.map(({ toUse }) => toUse)).toEqual([expect.stringMatching(why)])
})

test('what only looks like a benchmark is none', () => {
  const files = {
    'package.json': manifest({
      scripts: { 'bench:build': 'tsc', benchmark: 'npm run a && npm run b', test: 'node bench.js' },
    }),
    'a_test.go': 'func BenchmarkX(b *testing.B) {}',
    'x.bench.ts': '',
    'config.yml': 'config:\n  a: 1\n',
    'test_a.py': 'def test_benchmark(): pass',
    'pom.xml': '<project/>',
    'CMakeLists.txt': '# target_link_libraries(a benchmark::benchmark)',
    'broken/package.json': '{',
  }
  expect(found(files)).toEqual([])
})

test('thresholds of k6 become budgets, where they mean the same', () => {
  const script = `${K6}
export const options = { thresholds: {
  http_req_duration: ['p(95)<500', { threshold: 'p(99) < 1000', abortOnFail: true }],
  'http_req_failed': ["rate<0.01"],
  checks: ['rate>0.9'],
} }`
  const [finding] = found({ 'package.json': manifest({ scripts: { start: 'x' } }), 'a.js': script })
  expect(finding!.budgets).toEqual([
    'http_req_duration: p(95)<500',
    'http_req_duration: p(99) < 1000',
    'http_req_failed: rate<0.01',
  ])
})
