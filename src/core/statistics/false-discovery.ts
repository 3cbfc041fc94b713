/**
 * Which of the claims stand when at most a share `level` of those that are made may be false (Benjamini and Hochberg,
 * J. R. Stat. Soc. B 57, 1995). Where nothing changed at all this is also the probability of any claim. For each claim
 * also the level it was held to, so that an interval can be drawn at the same (Benjamini and Yekutieli, JASA 100, 2005).
 */
export function benjaminiHochberg(
  p: readonly number[],
  level: number,
): readonly { readonly rejected: boolean; readonly level: number }[] {
  const m = p.length
  const sorted = [...p].sort((a, b) => a - b)
  let standing = 0
  for (let k = 1; k <= m; k++) if (sorted[k - 1]! <= (level * k) / m) standing = k
  const held = (level * standing) / m
  const needed = (level * Math.min(m, standing + 1)) / m
  return p.map((value) => {
    const rejected = standing > 0 && value <= held
    return { rejected, level: rejected ? held : needed }
  })
}
