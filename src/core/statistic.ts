/** A number drawn from a distribution, or the value of a scalar. */
export type Statistic = 'mean' | 'max' | 'min' | 'value' | `p${number}`

const PATTERN = /^(?:mean|max|min|value|p(?:\d{1,2}(?:\.\d{1,4})?|100))$/

export function isStatistic(text: string): text is Statistic {
  return PATTERN.test(text)
}

/** The share below a percentile statistic: 0.99 for `p99`; undefined for `mean`, `max`, `min`, `value`. */
export function shareOf(statistic: Statistic): number | undefined {
  return statistic.startsWith('p') ? Number(statistic.slice(1)) / 100 : undefined
}

/** The name of the statistic of a share: `p99.9` for 0.999. */
export function percentileName(share: number): `p${number}` {
  return `p${Number((share * 100).toFixed(4))}`
}
