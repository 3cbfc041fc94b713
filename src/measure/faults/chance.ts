/** Numbers from 0 to below 1 that are the same again for the same seed (xorshift32, G. Marsaglia 2003). */
export function chanceOf(seed: number): () => number {
  // A state of 0 would stay 0; neighbouring seeds are driven apart by a few steps.
  let state = (seed + 1) * 0x9e3779b1 || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 8; i++) next()
  return next
}
