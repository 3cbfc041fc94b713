import { expect, test } from 'vitest'
import { lineOf } from '../../src/core/errors.ts'
import { readCpuProfile } from '../../src/core/profile/cpu-profile.ts'
import { type Asked, difference } from '../../src/core/profile/difference.ts'
import { DEEPEST_HEAP, readHeapProfile } from '../../src/core/profile/heap-profile.ts'
import { perfReader } from '../../src/core/profile/perf-script.ts'
import type { Profile } from '../../src/core/profile/profile.ts'
import { readProfiles } from '../../src/core/profile/profile-file.ts'
import type { Stacks } from '../../src/core/profile/stacks.ts'
import { parseUntrusted } from '../../src/core/untrusted.ts'

const frame = (functionName: string, url: string, lineNumber: number, columnNumber = 9) => ({
  callFrame: { functionName, scriptId: '1', url, lineNumber, columnNumber },
})
const cpu = (value: unknown) => readCpuProfile(parseUntrusted(JSON.stringify(value), 'a.cpuprofile'))
const heap = (value: unknown) =>
  readHeapProfile(parseUntrusted(JSON.stringify(value), 'a.heapprofile', DEEPEST_HEAP))

/** What is said of a value that is refused, with its place. */
function refusal(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    return lineOf(error)
  }
  return 'nothing'
}

const CPU = {
  nodes: [
    { id: 1, ...frame('(root)', '', -1, -1), children: [2, 5, 6] },
    { id: 2, ...frame('', 'file:///srv/a%20b.mjs?t=1', 0, 0), children: [3] },
    { id: 3, ...frame('parse', 'file:///srv/a%20b.mjs', 11), children: [4] },
    { id: 4, ...frame('', 'file:///srv/a%20b.mjs', 12) },
    { id: 5, ...frame('(idle)', '', -1, -1) },
    { id: 6, ...frame('(garbage collector)', '', -1, -1) },
  ],
  startTime: 0,
  endTime: 10_000,
  samples: [3, 3, 4, 5, 6, 3, 3],
  // The last gap but one is one in which the process did not run.
  timeDeltas: [0, 100, 100, 100, 100, 100, 5000],
}

test('a sample holds until the next, what did not run does not count, idle is apart', () => {
  const { nodes, idle } = cpu(CPU)
  expect(idle).toBe(100_000)
  const told = nodes.map(({ frame: { name, file, line, whole }, self, parent }) => [
    name,
    file,
    line,
    whole ?? false,
    self,
    parent === -1 ? '' : nodes[parent]!.frame.name,
  ])
  expect(told.toSorted((a, b) => Number(b[4]) - Number(a[4]))).toEqual([
    // 100 + 100 + 4 × 100 for the gap + 100 for the last.
    ['parse', '/srv/a b.mjs', 12, false, 700_000, ''],
    ['(garbage collector)', '', 0, false, 100_000, ''],
    ['', '/srv/a b.mjs', 13, false, 100_000, 'parse'],
    ['', '/srv/a b.mjs', 1, true, 0, ''],
  ])
})

test('a profile from outside: circles end, and what is not as it should be is refused with its place', () => {
  const circle = structuredClone(CPU) as { nodes: { children?: number[] }[] }
  circle.nodes[3]!.children = [2, 3, 99]
  expect(cpu(circle).nodes).toHaveLength(4)
  const bad = (change: (profile: { nodes: unknown[]; samples: unknown[] }) => void) => () => {
    const copy = structuredClone(CPU)
    change(copy as never)
    return cpu(copy)
  }
  expect(refusal(bad((p) => (p.samples[1] = 'x')))).toBe(
    'a.cpuprofile: $.samples[1]: expected a finite number, got "x"',
  )
  expect(bad((p) => (p.nodes = []))).toThrow('has no node')
  expect(refusal(bad((p) => (p.nodes[0] = null)))).toContain('$.nodes[0]: expected an object')
  expect(
    bad((p) => Object.assign(p.nodes[2] as object, frame(`a\u0000\n${'x'.repeat(9999)}`, '', 1)))().nodes,
  ).toContainEqual(expect.objectContaining({ frame: { name: `a ${'x'.repeat(297)}`, file: '', line: 2 } }))
})

test('a heap profile as deep as its stacks, and no deeper than may be', () => {
  const deep = (depth: number) => {
    let text = `{"selfSize":8,"children":[],"callFrame":${JSON.stringify(frame('f', 'a', 1).callFrame)}}`
    for (let i = 0; i < depth; i++)
      text = `{"selfSize":8,"children":[${text}],"callFrame":${JSON.stringify(frame('f', 'a', 1).callFrame)}}`
    return parseUntrusted(`{"head":${text}}`, 'a.heapprofile', DEEPEST_HEAP)
  }
  expect(readHeapProfile(deep(1000)).nodes).toHaveLength(1000)
  expect(() => deep(100_000)).toThrow('is nested deeper than 4096')
  expect(heap({ head: { ...frame('(root)', '', -1), selfSize: 0, children: [] } }).nodes).toEqual([])
})

test('what perf prints is put together by stacks', () => {
  const reader = perfReader()
  const text = `api 4/4 11611.578889:    1001001 cpu-clock:u: 
\t          16715e __strcmp_evex (/usr/lib/libc.so.6)
\t    55c9ce6d3a98 [unknown] ([unknown])
\t            ae77 work(int, std::pair<int, (anonymous)> const&) (/srv/head/app)
\t            ae00 main (/srv/head/app)

my prog 4/4 11611.579886:    2000000 cpu-clock: 
\t            ae77 work(int, std::pair<int, (anonymous)> const&) (/srv/head/app)
\t            ae00 main (/srv/head/app)

nonsense
\t            5 [unknown] (/srv/head/app)
`
  for (const line of text.split('\n')) reader.line(line)
  expect(
    reader.stacks().nodes.map(({ frame: { name, file }, self, parent }) => [name, file, self, parent]),
  ).toEqual([
    ['main', '/srv/head/app', 0, -1],
    ['work(int, std::pair<int, (anonymous)> const&)', '/srv/head/app', 2_000_000, 0],
    ['__strcmp_evex', '/usr/lib/libc.so.6', 1_001_001, 1],
    ['(unknown)', '/srv/head/app', 0, -1],
  ])
})

/** `caller;callee` → milliseconds; a name is `name@file:line`. */
function stacks(told: Readonly<Record<string, number>>, idle = 0): Stacks {
  const nodes: Stacks['nodes'][number][] = []
  for (const [way, milliseconds] of Object.entries(told)) {
    let parent = -1
    for (const [i, one] of way.split(';').entries()) {
      const [name = '', file = '', line = '0'] = one.split(/[@:]/)
      const self = i === way.split(';').length - 1 ? milliseconds * 1e6 : 0
      parent = nodes.push({ parent, frame: { name, file, line: Number(line) }, self }) - 1
    }
  }
  return { nodes, idle: idle * 1e6 }
}

function told(
  base: Readonly<Record<string, number>>,
  head: Readonly<Record<string, number>>,
  more: Partial<Asked> & { operations?: readonly [number, number]; idle?: readonly [number, number] } = {},
): Profile {
  const { operations, idle = [0, 0], ...rest } = more
  const seen = (at: 0 | 1, of: typeof base, root: string) => ({
    stacks: [stacks(of, idle[at])],
    root,
    executions: 1,
    ...(operations === undefined ? {} : { operations: operations[at] }),
  })
  return difference({
    benchmark: 'json',
    kind: 'processor',
    tool: 'node',
    base: seen(0, base, '/tmp/x/base'),
    head: seen(1, head, '/tmp/x/head'),
    ...rest,
  })!
}

test('functions are the same at base and head though lines moved; shares are of the change and add up', () => {
  const profile = told(
    {
      'main@/tmp/x/base/a.js:1;parse@/tmp/x/base/a.js:5': 40,
      'main@/tmp/x/base/a.js:1;parse@/tmp/x/base/a.js:5;@/tmp/x/base/a.js:6': 20,
      'main@/tmp/x/base/a.js:1;get@/home/me/app/node_modules/pkg/i.js:3': 40,
    },
    {
      'main@/tmp/x/head/a.js:2;parse@/tmp/x/head/a.js:9': 40,
      'main@/tmp/x/head/a.js:2;parse@/tmp/x/head/a.js:9;@/tmp/x/head/a.js:14': 70,
      'main@/tmp/x/head/a.js:2;get@/srv/cache/node_modules/pkg/i.js:3': 35,
    },
  )
  expect(profile).toMatchObject({ per: 'execution', of: 'change', unit: 'ns' })
  expect([profile.base.total, profile.head.total]).toEqual([100e6, 145e6])
  expect(profile.functions).toEqual([
    {
      name: '(anonymous in parse)',
      file: 'a.js',
      line: 14,
      base: [20e6, 20e6],
      head: [70e6, 70e6],
      share: 1.1111,
    },
    expect.objectContaining({ name: 'main', line: 2, share: 0 }),
    expect.objectContaining({ name: 'parse', line: 9, base: [40e6, 60e6], head: [40e6, 110e6], share: 0 }),
    expect.objectContaining({ name: 'get', file: 'node_modules/pkg/i.js', share: -0.1111 }),
  ])
  expect(profile.functions.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1, 3)
})

test('recursion counts once in the total', () => {
  const way = 'a@f:1;b@f:2;a@f:1;a@f:1;b@f:2'
  const profile = told({ [way]: 50, 'a@f:1': 10 }, { [way]: 80, 'a@f:1': 10 })
  expect(profile.functions.map(({ name, base, head }) => [name, base, head])).toEqual([
    ['b', [50e6, 50e6], [80e6, 80e6]],
    ['a', [10e6, 60e6], [10e6, 90e6]],
  ])
  expect(profile.tree).toEqual([
    [-1, 1, 60e6, 90e6],
    [0, 0, 50e6, 80e6],
    [1, 1, 50e6, 80e6],
    [2, 0, 50e6, 80e6],
  ])
})

test('fewer operations in the same time: figures are for one operation', () => {
  const profile = told(
    { 'f@a:1': 500, 'g@a:2': 500 },
    { 'f@a:1': 750, 'g@a:2': 250 },
    { operations: [1000, 500] },
  )
  expect(profile).toMatchObject({ per: 'operation', base: { total: 1e6 }, head: { total: 2e6 } })
  expect(profile.functions.map(({ name, base, head, share }) => [name, base[0], head[0], share])).toEqual([
    ['f', 500_000, 1_500_000, 1],
    ['g', 500_000, 500_000, 0],
  ])
})

test('the same time, and operations that are none: only shares say anything', () => {
  const fixed = [
    { 'f@a:1': 500, 'g@a:2': 500 },
    { 'f@a:1': 750, 'g@a:2': 250 },
  ] as const
  const profile = told(...fixed, { worse: 0.5, operations: [10, 10] })
  expect(profile).toMatchObject({ per: 'share', of: 'growth', unit: 'ratio', base: { total: 1 } })
  expect(profile.functions.map(({ name, share }) => [name, share])).toEqual([
    ['f', 1],
    ['g', -1],
  ])
  // One that waits grew by nothing that a function spent.
  expect(told(...fixed, { worse: 0.5, idle: [2000, 4000] }).per).toBe('execution')
})

test('too little to tell anything is nothing, and the tree is pruned to what can be seen', () => {
  expect(told({ 'f@a:1': 1 }, { 'f@a:1': 100 })).toBeUndefined()
  const many = Object.fromEntries(
    Array.from({ length: 190 }, (_, i) => [
      Array.from({ length: 30 }, (__, k) => `f${k === 0 ? '' : i}-${k}@a:${k}`).join(';'),
      10,
    ]),
  )
  const profile = told(many, { ...many, 'f-0@a:1;rare@a:2': 1, 'f-0@a:1;common@a:2': 100 })
  expect(profile.tree.length).toBeLessThan(800)
  const names = profile.tree.map(([, of]) => profile.functions[of]!.name)
  expect(names).toContain('common')
  expect(names).not.toContain('rare')
  for (const [i, [parent]] of profile.tree.entries()) expect(parent).toBeLessThan(i)
})

test('profiles of a report are read again, and refused where their tree leads nowhere', () => {
  const profile = told({ 'a@f:1;b@f:2': 50 }, { 'a@f:1;b@f:2': 80 }, { operations: [4, 4] })
  const read = (value: unknown) => readProfiles(parseUntrusted(JSON.stringify(value), 'r.json'))
  expect(read([profile])).toEqual([profile])
  expect(refusal(() => read([{ ...profile, tree: [[0, 0, 1, 1]] }]))).toBe(
    'r.json: $[0].tree[0]: leads nowhere',
  )
  expect(() => read([{ ...profile, tree: [[-1, 7, 1, 1]] }])).toThrow('leads nowhere')
  expect(() => read([{ ...profile, tree: [[-1, 0, 1]] }])).toThrow('expected parent')
  const chain = (length: number) => Array.from({ length }, (_, at) => [at - 1, 0, 1, 1])
  expect(read([{ ...profile, tree: chain(1000) }])).toHaveLength(1)
  expect(() => read([{ ...profile, tree: chain(1001) }])).toThrow('is called deeper than 1000')
  expect(refusal(() => read([{ ...profile, kind: 'magic' }]))).toContain('$[0].kind: expected one of')
})
