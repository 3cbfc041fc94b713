/** Where and how it was measured, as pairs of a word and a plain text: every reporter escapes them its own way. */
import type { Environment, Report } from '../core/report.ts'
import type { Machine } from '../core/run.ts'
import { many, quantity } from './quantities.ts'
import { noise } from './rounds.ts'
import { duration, figure, share } from './scale.ts'

const COMPARED: Readonly<Record<Environment['compare'], string>> = {
  base: 'base and head measured in turn on the same machine',
  sides: 'one checkout under two environments, measured in turn on the same machine',
  history: 'head against stored runs of the baseline branch',
  files: 'recorded results against recorded results',
  none: 'head alone',
}

export function surroundings(report: Report): [word: string, told: string][] {
  const { environment } = report
  const { base, head, rounds, seconds, suite, id, seed } = environment
  const told: [string, string | undefined][] = [
    ['compared', COMPARED[environment.compare]],
    ['base', base && sideOf(base)],
    ['head', head && sideOf(head)],
    ...machines(base?.machine, head?.machine),
    ...notes(report),
    ['rounds', rounds === undefined ? undefined : roundsOf(rounds, seconds)],
    ['noise', noiseOf(report)],
    ['seed', seed],
    ['false alarms', falseAlarms(environment)],
    ['suite', suite],
    ['gate', id],
    ['measured by', toolOf(environment.tool)],
  ]
  return told.filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
}

/** More notes than this are one a round. */
const NOTES = 10

/** What scripts said of what they measured: which database, which data. */
function notes({ warnings }: Report): [string, string][] {
  const told = new Set(warnings.filter(({ code }) => code === 'note').map(({ message }) => message))
  const shown = [...told].slice(0, NOTES).map((note): [string, string] => ['note', note])
  return told.size > NOTES ? [...shown, ['note', `… and ${told.size - NOTES} more`]] : shown
}

/** History is unpaired: the promised rate is not kept there, and whoever reads the verdict is told so. */
export function falseAlarms({ compare, falseAlarms }: Environment): string | undefined {
  if (compare === 'none') return undefined
  if (compare === 'history')
    return `the rate of ${share(falseAlarms)} is not promised here: stored runs are not measured in turn with head`
  return `at most ${share(falseAlarms)} of jobs in which nothing changed`
}

/** `tailgate 0.1.0`, whether the name is in what is recorded or not. */
export function toolOf(tool: string): string {
  return tool.startsWith('tailgate') ? tool : `tailgate ${tool}`
}

/** A commit as people write it. */
export function short(commit: string): string {
  return /^[0-9a-f]{12,}$/i.test(commit) ? commit.slice(0, 7) : commit
}

function sideOf(side: { commit?: string; ref?: string; source: string }): string {
  const at = [side.commit && short(side.commit), side.ref && `(${side.ref})`].filter(Boolean).join(' ')
  return [at, side.source].filter((part) => part !== '').join(', ')
}

function machines(base: Machine | undefined, head: Machine | undefined): [string, string | undefined][] {
  const [ofBase, ofHead] = [base && machineOf(base), head && machineOf(head)]
  if (ofBase === undefined || ofHead === undefined || ofBase === ofHead)
    return [['machine', ofHead ?? ofBase]]
  return [
    ['machine of base', ofBase],
    ['machine of head', ofHead],
  ]
}

function machineOf({ cpu, cores, memory, os, runtime }: Machine): string {
  return [cpu, many(cores, 'core'), figure(memory, 'B'), os, runtime].filter((part) => part !== '').join(', ')
}

function roundsOf(rounds: number, seconds: number | undefined): string {
  return seconds === undefined ? String(rounds) : `${rounds} in ${duration(seconds)}`
}

function noiseOf(report: Report): string | undefined {
  const found = noise(report)
  if (found === undefined) return undefined
  const { noisiest } = found
  return `rounds of base differ by ${share(found.median)} (median), most by ${share(found.worst)} (${noisiest.benchmark} ${quantity(noisiest)})`
}
