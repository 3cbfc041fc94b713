import type { Question } from '../question.ts'
import { median } from './centre.ts'
import type { Witness } from './witnesses.ts'

/** A question's rounds on the scale they are judged on, turned so that more is worse. */
export interface Scaled {
  readonly base: readonly number[]
  readonly head: readonly number[]
  /** Companions on the same scale. */
  readonly witnesses: readonly Witness[]
  /** The shift that is still tolerated, > 0. */
  readonly tolerance: number
  /** From a shift on this scale to the change or difference that people read, as measured; null where there is none. */
  figure(shift: number): number | null
  /** From a value on this scale to one in the unit. */
  value(scaled: number): number
}

/**
 * Ratios are judged as differences of logarithms: noise multiplies, and up and down weigh the same. What can be 0 or
 * less has none and is judged by difference, as is every absolute threshold.
 */
export function scaled(question: Question): Scaled {
  const sign = question.better === 'lower' ? 1 : -1
  const { threshold } = question
  const support = question.paired ? (question.support ?? []) : []
  const positive = [question, ...support].every((s) => s.base.every(above0) && s.head.every(above0))
  if (threshold.kind === 'relative' && positive) {
    const log = (v: number) => sign * Math.log(v)
    return {
      base: question.base.map(log),
      head: question.head.map(log),
      witnesses: support.map((s) => witness(s, log)),
      tolerance: sign > 0 ? Math.log1p(threshold.value) : -Math.log1p(-Math.min(threshold.value, 0.999999)),
      figure: (shift) => Math.expm1(sign * shift),
      value: (v) => Math.exp(sign * v),
    }
  }
  const turned = (v: number) => sign * v
  const typical = median(question.base)
  const absolute = threshold.kind === 'absolute'
  return {
    base: question.base.map(turned),
    head: question.head.map(turned),
    witnesses: support.map((s) => witness(s, turned)),
    tolerance: absolute ? threshold.value : threshold.value * Math.abs(typical),
    figure: (shift) => (absolute ? sign * shift : typical > 0 ? (sign * shift) / typical : null),
    value: (v) => sign * v,
  }
}

type Support = NonNullable<Question['support']>[number]

function witness({ base, head, alike = 1 }: Support, onScale: (value: number) => number): Witness {
  return { base: base.map(onScale), head: head.map(onScale), alike }
}

function above0(value: number): boolean {
  return value > 0
}
