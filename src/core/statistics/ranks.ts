/**
 * Twice the midrank of each value (1-based, ties share their mean rank), so that ranks are integers. By insertion:
 * rounds are few and a comparator is slower than the moves.
 */
export function doubledMidranks(values: readonly number[]): number[] {
  const n = values.length
  const order = new Array<number>(n).fill(0)
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    let k = i
    while (k > 0 && values[order[k - 1]!]! > value) {
      order[k] = order[k - 1]!
      k--
    }
    order[k] = i
  }
  const ranks = new Array<number>(n).fill(0)
  for (let first = 0; first < n; ) {
    let end = first
    while (end < n && values[order[end]!] === values[order[first]!]) end++
    for (let k = first; k < end; k++) ranks[order[k]!] = first + end + 1
    first = end
  }
  return ranks
}
