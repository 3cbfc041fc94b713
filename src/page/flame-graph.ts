/**
 * A flame graph of buttons: each box opens to the whole width, arrows walk from box to box. Being elements they can be read
 * and focused, and stand in per cent of whatever width there is.
 */
import type { PageProfile } from '../reporters/html/page-profiles.ts'
import { placeOf, shareOf } from '../reporters/profiles.ts'
import { pair, share } from '../reporters/scale.ts'
import { element } from './element.ts'
import { type Box, boxesOf, placesOf } from './flame-tree.ts'

/** Of the change in all: from here on a box is of the next colour. */
const COLOURS = [0.02, 0.1, 0.3, 0.6] as const
/** Of the width: narrower boxes have no room for a letter. */
const THIN = 0.02
/** Height of a row, in rem. */
const ROW = 1.5

/** Where a key leads from a box; undefined if nowhere. */
const WAYS: Readonly<Record<string, (box: Box) => Box | undefined>> = {
  ArrowUp: (box) => box.parent,
  ArrowDown: (box) => box.calls[0],
  ArrowLeft: (box) => beside(box, -1),
  ArrowRight: (box) => beside(box, 1),
}

export function flameGraph(profile: PageProfile, label: string): HTMLElement {
  const whole = boxesOf(profile)
  const changed = changeOf(profile)
  const boxes = element('div', { class: 'boxes', role: 'group', 'aria-label': label })
  const told = element('p', { class: 'box-told', 'aria-hidden': 'true' })
  const buttons = new Map<Box, HTMLButtonElement>()
  let zoom = whole
  /** The one that Tab leads to. */
  let current = whole

  const tell = (box: Box) => {
    told.textContent = sentence(profile, box, changed)
  }
  const draw = () => {
    const places = placesOf(zoom)
    if (!places.some(({ box }) => box === current)) current = zoom
    buttons.clear()
    for (const { box, left, width } of places) {
      const tabindex = box === current ? '0' : '-1'
      const button = element('button', { type: 'button', tabindex }, nameOf(profile, box))
      button.dataset.own = growth(box, changed)
      button.ariaLabel = sentence(profile, box, changed)
      button.classList.toggle('above', box.depth < zoom.depth)
      button.classList.toggle('thin', width < THIN)
      const tone = toneOf(box, changed)
      if (tone !== undefined) button.classList.add(tone)
      button.style.left = `${left * 100}%`
      button.style.width = `${width * 100}%`
      button.style.top = `${box.depth * ROW}rem`
      button.addEventListener('click', () => open(box === zoom ? (box.parent ?? whole) : box))
      button.addEventListener('focus', () => tell(box))
      button.addEventListener('pointerenter', () => tell(box))
      buttons.set(box, button)
    }
    boxes.replaceChildren(...buttons.values())
    boxes.style.height = `${(1 + Math.max(...places.map(({ box }) => box.depth))) * ROW}rem`
    tell(current)
  }
  const open = (box: Box) => {
    zoom = box
    current = box
    draw()
    buttons.get(current)!.focus()
  }
  boxes.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return open(whole)
    const to = WAYS[event.key]?.(current)
    const button = to === undefined ? undefined : buttons.get(to)
    if (event.key in WAYS) event.preventDefault()
    if (to === undefined || button === undefined) return
    buttons.get(current)!.tabIndex = -1
    current = to
    button.tabIndex = 0
    button.focus()
  })
  boxes.addEventListener('focusin', ({ target }) => {
    const found = [...buttons].find(([, button]) => button === target)
    if (found !== undefined) current = found[0]
  })
  draw()
  return element('div', { class: 'flame' }, boxes, told)
}

/** The next among those that the same function called. */
function beside(box: Box, step: number): Box | undefined {
  const row = box.parent?.calls ?? []
  return row[row.indexOf(box) + step]
}

/** What shares are of, as in the profile's own. */
function changeOf({ functions, of, base, head }: PageProfile): number {
  if (of === 'change') return head.total - base.total
  return functions.reduce((sum, one) => sum + Math.max(0, one.head[0] - one.base[0]), 0)
}

function partOf({ own }: Box, changed: number): number {
  return changed === 0 ? 0 : own / changed
}

function nameOf({ functions }: PageProfile, { of }: Box): string {
  return functions[of]?.name ?? 'all'
}

/** A sign besides the colour; drawn by the style sheet, as it is in the label too. */
function growth(box: Box, changed: number): string {
  const part = partOf(box, changed)
  if (Math.abs(part) < COLOURS[0]) return ''
  return `${part > 0 ? '▲' : '▼'} ${shareOf({ share: Math.abs(part) })}`
}

function toneOf(box: Box, changed: number): string | undefined {
  const part = partOf(box, changed)
  const step = COLOURS.filter((from) => Math.abs(part) >= from).length
  return step === 0 ? undefined : `${part > 0 ? 'grew' : 'shrank'}-${step}`
}

/** Everything that is known of a box, for whoever points at it and for whoever does not see it. */
function sentence(profile: PageProfile, box: Box, changed: number): string {
  const { functions, unit, head, of: whose } = profile
  const at = functions[box.of]
  const place = at === undefined ? '' : placeOf(at)
  const part = partOf(box, changed)
  const wide = head.total > 0 ? `, ${share(Math.round((1000 * box.head) / head.total) / 1000)} of head` : ''
  const what = whose === 'change' ? 'of the change' : 'of all that grew'
  const own = Math.abs(part) < 0.005 ? '' : `, in itself ${shareOf({ share: part })} ${what}`
  return `${nameOf(profile, box)}${place === '' ? '' : `, ${place}`}: ${pair(box.base, box.head, unit)}${wide}${own}`
}
