/** Twice the midrank of each value (1-based, ties share their mean rank), so that ranks are integers. */
export function doubledMidranks(values: ArrayLike<number>): number[] {
  const n = values.length
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => values[i]! - values[j]!)
  const ranks = new Array<number>(n)
  for (let first = 0; first < n; ) {
    let end = first
    while (end < n && values[order[end]!] === values[order[first]!]) end++
    for (let k = first; k < end; k++) ranks[order[k]!] = first + end + 1
    first = end
  }
  return ranks
}
