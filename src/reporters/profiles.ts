/** What grew, in words: the same in the comment, on the terminal, in RESULTS.md and on the page. */
import { declaredOf } from '../core/naming.ts'
import type { Profile, ProfiledFunction } from '../core/profile/profile.ts'
import type { Report } from '../core/report.ts'
import { table } from './comparison-table.ts'
import { code, text } from './escape.ts'
import { change, pair, share } from './scale.ts'

/** A smaller part of the change is no answer to why. */
const LEAST = 0.02

/** As much of a profile as sentences are made of. */
export type Told = Pick<Profile, 'kind' | 'per' | 'of' | 'unit' | 'base' | 'head'>

/** Those to show beside the verdict: of memory only where memory is what regressed. */
export function tellingProfiles(report: Report): readonly Profile[] {
  const profiles = report.profiles ?? []
  const names = profiles.map(({ benchmark }) => benchmark)
  const worse = report.comparisons.filter((c) => c.verdict === 'regressed' && c.metric.startsWith('memory.'))
  const larger = new Set(worse.map((c) => declaredOf(c.benchmark, names)))
  return profiles.filter(({ kind, benchmark }) => kind === 'processor' || larger.has(benchmark))
}

/** Those that grew, most first. */
export function grownFunctions({ functions }: Pick<Profile, 'functions'>, most: number): ProfiledFunction[] {
  return functions.filter((one) => one.share >= LEAST && one.head[0] > one.base[0]).slice(0, most)
}

const WHAT: Readonly<Record<Profile['kind'], Readonly<Record<Profile['per'], string>>>> = {
  processor: {
    operation: 'processor time per operation',
    execution: 'processor time of an execution',
    share: 'share of the processor time',
  },
  memory: { operation: 'memory', execution: 'memory held in the end', share: 'share of the memory' },
}

/** `processor time per operation 0.749 → 1.39 ms (+86 %)`. */
export function profileLine({ kind, per, unit, base, head }: Told): string {
  if (per === 'share')
    return `${WHAT[kind].share}; it works until a time is over, so nothing else can be told`
  const grew = base.total > 0 ? ` (${change(head.total / base.total - 1)})` : ''
  return `${WHAT[kind][per]} ${pair(base.total, head.total, unit)}${grew}`
}

/** What shares are of, in the unit of the profile. */
export function changed({
  of,
  base,
  head,
  functions,
}: Pick<Profile, 'of' | 'base' | 'head' | 'functions'>): number {
  if (of === 'change') return head.total - base.total
  return functions.reduce((sum, one) => sum + Math.max(0, one.head[0] - one.base[0]), 0)
}

/** Of the change: with less of it a function is not what it is all in. */
const MOST_OF_IT = 0.5

type Tree = Pick<Profile, 'of' | 'base' | 'head' | 'functions' | 'tree'>

/**
 * The last function on the way from the outermost one in which, with all that it called, most of the change is. Where much
 * grew a little this says what none of the parts does. Undefined where it is none of the program's own, or the first of
 * those that grew.
 */
export function leadsTo(
  profile: Tree,
): { readonly one: ProfiledFunction; readonly share: number } | undefined {
  const all = changed(profile)
  if (all <= 0) return undefined
  let last = -1
  let found: { readonly one: ProfiledFunction; readonly share: number } | undefined
  for (const [at, [parent, of, base, head]] of profile.tree.entries()) {
    const share = (head - base) / all
    if (parent !== last || share < MOST_OF_IT) continue
    last = at
    const one = profile.functions[of]!
    if (parent !== -1 && /^(?!node:)./.test(one.file) && one.name !== '(top level)') found = { one, share }
  }
  return found?.one === grownFunctions(profile, 1)[0] ? undefined : found
}

/** `of the change 89 % is in parse and what it calls (src/parse.js:95)`; undefined where that says nothing more. */
export function leadingLine(profile: Tree): string | undefined {
  const found = leadsTo(profile)
  if (found === undefined) return undefined
  const place = placeOf(found.one)
  return `${ofWhat(profile)} ${shareOf(found)} is in ${found.one.name} and what it calls${place === '' ? '' : ` (${place})`}`
}

/** What no function explains; undefined where the processor is what it is about. */
export function waiting({ kind, per, unit, base, head }: Told): string | undefined {
  if (kind !== 'processor' || per === 'share') return undefined
  const longer = head.idle - base.idle
  if (longer <= 0 || longer < 2 * (head.total - base.total) || longer < 0.1 * head.total) return undefined
  const when = per === 'operation' ? ' per operation' : ''
  return `it waits longer${when} (${pair(base.idle, head.idle, unit)} without anything to do): for a timer, the network, a disk or another process`
}

/** `price.mjs:3`; empty for native code. */
export function placeOf({ file, line }: Pick<ProfiledFunction, 'file' | 'line'>): string {
  return file === '' || line === 0 ? file : `${file}:${line}`
}

/** `94 %` of the change. */
export function shareOf({ share: part }: Pick<ProfiledFunction, 'share'>): string {
  const whole = Math.round(Math.abs(part) * 100) / 100
  return `${part < 0 && whole > 0 ? '−' : ''}${share(whole)}`
}

/** `0.382 → 0.99 ms` in itself. */
export function selfOf({ base, head }: Pick<ProfiledFunction, 'base' | 'head'>, unit: string): string {
  return pair(base[0], head[0], unit)
}

export function ofWhat({ of }: Pick<Profile, 'of'>): string {
  return of === 'change' ? 'of the change' : 'of all that grew'
}

/** A sentence, and a table of so many functions. */
export function profileMarkdown(profile: Profile, most: number): string {
  const rows = grownFunctions(profile, most).map((one) => [
    shareOf(one),
    code(one.name),
    one.file === '' ? '' : code(placeOf(one)),
    text(selfOf(one, profile.unit)),
  ])
  const waits = waiting(profile)
  const leads = leadingLine(profile)
  return [
    `${text(upper(profileLine(profile)))}.`,
    leads === undefined ? '' : `${text(upper(leads))}.`,
    waits === undefined ? '' : `${text(upper(waits))}.`,
    rows.length === 0
      ? 'No function by itself grew by a part of it that is worth telling.'
      : table([upper(ofWhat(profile)), 'Function', 'Where', 'In itself, base → head'], 'rllr', rows),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** As a sentence begins. */
export function upper(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
