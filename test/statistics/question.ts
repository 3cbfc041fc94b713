import type { Question } from '../../src/core/question.ts'

/** A gating question of paired rounds at 5 %, as most tests ask it. */
export function question(
  base: readonly number[],
  head: readonly number[],
  more: Partial<Question> = {},
): Question {
  return {
    benchmark: 'parse',
    metric: 'latency',
    statistic: 'p50',
    unit: 'ns',
    better: 'lower',
    threshold: { kind: 'relative', value: 0.05 },
    gating: true,
    paired: true,
    base,
    head,
    exact: false,
    ...more,
  }
}
