/** `tailgate selftest`, once it is asked for. */
import type { Comparison } from '../core/report.ts'
import { plain } from '../reporters/escape.ts'
import { share } from '../reporters/scale.ts'
import type { Selftest } from '../selftest.ts'
import { selftest } from '../selftest.ts'
import { interruptible } from './interruptible.ts'
import type { PlanFlags } from './plan.ts'
import { readPlan } from './plan.ts'
import type { Loudness } from './progress.ts'

interface Flags extends PlanFlags, Loudness {
  readonly mutate?: number
  readonly seed?: string
  readonly json?: boolean
}

export async function selftestCommand(flags: Flags): Promise<number> {
  const { plan, folder } = await readPlan(flags)
  const { mutate: mutation, seed } = flags
  const request = {
    plan,
    folder,
    ...(mutation === undefined ? {} : { mutation }),
    ...(seed === undefined ? {} : { seed }),
  }
  return interruptible(flags, async (world) => {
    const result = await selftest(request, world)
    process.stdout.write(`${flags.json ? JSON.stringify(result, null, 2) : told(result)}\n`)
    return result.passed ? 0 : 1
  })
}

function told(result: Selftest): string {
  const { passed, mutation, rounds, seed, red, blind, falseAlarms, needed, tolerated } = result
  const lines = [
    passed
      ? `✅ this gate can fail: ${share(mutation)} slower turns every benchmark red, and nothing changed stays green`
      : `❌ this gate cannot be trusted with a change of ${share(mutation)}`,
    '',
    ...red.map((c) => `  red, as it must be       ${named(c)}`),
    ...blind.map(
      (c) =>
        `  not seen                 ${named(c)}${c.reason === undefined ? '' : `: ${plain(c.reason, 300)}`}`,
    ),
    ...falseAlarms.map((c) => `  red, and nothing changed ${named(c)}`),
    '',
    `${rounds} rounds, seed ${seed}`,
  ]
  if (needed !== undefined)
    lines.push(`cannot-fail: ${needed} rounds are needed for any red (raise rounds.max or time)`)
  if (tolerated) lines.push('fail-on leaves regression out: no regression can fail this gate')
  return lines.join('\n')
}

function named(c: Comparison): string {
  return `${plain(c.benchmark)} ${c.metric === 'latency' ? '' : `${plain(c.metric)} `}${c.statistic}`
}
