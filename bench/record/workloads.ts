/** How much more work a side does: in every operation, or in those on the slow path only. */
export const SIDES: Readonly<Record<string, { readonly all: number; readonly slow: number }>> = {
  base: { all: 1, slow: 1 },
  same: { all: 1, slow: 1 },
  '+10%': { all: 1.1, slow: 1 },
  '+20%': { all: 1.2, slow: 1 },
  'tail+30%': { all: 1, slow: 1.3 },
}

/** One unit of work; an operation is some hundreds of them. */
type Work = (i: number) => number

function text(): Work {
  const document = JSON.stringify({
    name: 'a benchmark',
    values: Array.from({ length: 8 }, (_, i) => i * 1.5),
  })
  return (i) => JSON.stringify(JSON.parse(document)).length + i
}

function sorting(): Work {
  const numbers = Float64Array.from({ length: 64 }, (_, i) => (i * 7919) % 257)
  return (i) => numbers.slice().sort()[i % 64]!
}

function maps(): Work {
  return (i) => {
    const map = new Map<string, number>()
    for (let k = 0; k < 16; k++) map.set(`key ${i} ${k}`, k)
    return map.size
  }
}

export const WORKLOADS: Readonly<Record<string, () => Work>> = { json: text, sort: sorting, alloc: maps }

const UNITS = 100
const SLOW_SHARE = 0.04
const SLOW_FACTOR = 3
const WARM_UP = 50

/** Nanoseconds of each operation of one round. Which operations are slow does not depend on the side. */
export function workload(name: string, side: string, operations: number): number[] {
  const make = WORKLOADS[name]
  const more = SIDES[side]
  if (make === undefined || more === undefined) throw new RangeError(`no workload ${name} or side ${side}`)
  const work = make()
  const samples: number[] = []
  let kept = 0
  for (let i = -WARM_UP; i < operations; i++) {
    const slow = (Math.abs(i) * 0.618034) % 1 < SLOW_SHARE
    const units = Math.round(UNITS * more.all * (slow ? SLOW_FACTOR * more.slow : 1))
    const start = process.hrtime.bigint()
    for (let k = 0; k < units; k++) kept += work(k)
    if (i >= 0) samples.push(Number(process.hrtime.bigint() - start))
  }
  // Used, so that no optimiser may leave the work out.
  if (kept === -1) throw new Error('unreachable')
  return samples
}
