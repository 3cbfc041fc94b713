/** Text in the fixed cells of a terminal. */

/** Scripts and pictures that terminals draw two cells wide (Unicode East Asian Width W and F, and emoji). */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u
const NARROW_MARK = /[\p{M}\p{Cf}]/u

/** Signs of ours that are one cell wide: dashes, minus, ellipsis, box drawing, blocks, ✓ ✗. */
function isPlainSign(point: string): boolean {
  return (
    (point >= '\u2010' && point <= '\u2027') ||
    point === '\u2212' ||
    (point >= '\u2500' && point <= '\u25bf') ||
    point === '\u2713' ||
    point === '\u2717'
  )
}

/** Cells that a text takes; control characters must be gone. */
export function cells(text: string): number {
  let sum = 0
  for (const point of text) {
    if (point <= '\u02ff' || isPlainSign(point)) sum += 1
    else if (point === '\ufe0f')
      sum += 1 // makes the sign before it a picture, two cells wide
    else if (!NARROW_MARK.test(point)) sum += WIDE.test(point) ? 2 : 1
  }
  return sum
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cells(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - cells(text))) + text
}

/** At most `width` cells; what is taken out is taken from the middle, for names differ at their ends. */
export function squeeze(text: string, width: number): string {
  if (cells(text) <= width) return text
  if (width <= 1) return '…'.slice(0, width)
  const points = [...text]
  let [left, right] = [0, points.length]
  let room = width - 1
  for (let fromLeft = true; left < right; fromLeft = !fromLeft) {
    const need = cells(points[fromLeft ? left : right - 1]!)
    if (need > room) break
    room -= need
    if (fromLeft) left++
    else right--
  }
  return `${points.slice(0, left).join('')}…${points.slice(right).join('')}`
}

/**
 * Lines of at most `width` cells, broken at spaces; later lines are indented. A word that is too long is broken, with `…` before
 * what follows: no line begins with a part of a word that somebody else chose (GitHub reads commands there).
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => broken(each, width - indent.length))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (cells(longer) <= width) line = longer
    else {
      lines.push(line)
      line = indent + word
    }
  }
  return [...lines, line]
}

function broken(word: string, width: number): string[] {
  if (cells(word) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const point of word) {
    if (cells(piece + point) > Math.max(1, width)) {
      pieces.push(piece)
      piece = '…'
    }
    piece += point
  }
  return [...pieces, piece]
}
