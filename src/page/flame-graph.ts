/**
 * A flame graph of buttons: each box opens to the whole width, arrows walk from box to box. Being elements they can be read
 * and focused, and stand in per cent of whatever width there is.
 */
import type { PageProfile } from '../reporters/html/page-profiles.ts'
import { changed, ofWhat, placeOf, shareOf } from '../reporters/profiles.ts'
import { pair, share } from '../reporters/scale.ts'
import { element } from './element.ts'
import { type Box, boxesOf, placesOf } from './flame-tree.ts'

/** Of the change in all: from here on a box is of the next colour. */
const COLOURS = [0.03, 0.15, 0.4, 0.75] as const
/** Of the change in all: what grew by less by itself is not marked. */
const LEAST_OWN = 0.02
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
  const all = changed(profile)
  const boxes = element('div', { class: 'boxes', role: 'group', 'aria-label': label })
  const told = element('p', { class: 'box-told', 'aria-hidden': 'true' })
  const buttons = new Map<Box, HTMLButtonElement>()
  let zoom = whole
  /** The one that Tab leads to. */
  let current = whole

  const tell = (box: Box) => {
    told.textContent = sentence(profile, box, all)
  }
  const draw = () => {
    const places = placesOf(zoom)
    if (!places.some(({ box }) => box === current)) current = zoom
    buttons.clear()
    for (const { box, left, width } of places) {
      const tabindex = box === current ? '0' : '-1'
      const button = element('button', { type: 'button', tabindex }, nameOf(profile, box))
      button.dataset.own = growth(box, all)
      button.ariaLabel = sentence(profile, box, all)
      button.classList.toggle('above', box.depth < zoom.depth)
      button.classList.toggle('thin', width < THIN)
      const tone = toneOf(box, all)
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
  return element('div', { class: 'flame' }, element('div', { class: 'flame-rows' }, boxes), told)
}

/** The next among those that the same function called. */
function beside(box: Box, step: number): Box | undefined {
  const row = box.parent?.calls ?? []
  return row[row.indexOf(box) + step]
}

function partOf(growth: number, all: number): number {
  return all === 0 ? 0 : growth / all
}

function nameOf({ functions }: PageProfile, { of }: Box): string {
  return functions[of]?.name ?? 'all'
}

/** What grew by itself has a sign; drawn by the style sheet, as it is in the label too. */
function growth({ own }: Box, all: number): string {
  const part = partOf(own, all)
  if (Math.abs(part) < LEAST_OWN) return ''
  return `${part > 0 ? '▲' : '▼'} ${shareOf({ share: Math.abs(part) })}`
}

/** With all that it called: the way to what grew is to be seen from the top. */
function toneOf({ base, head }: Box, all: number): string | undefined {
  const part = partOf(head - base, all)
  const step = COLOURS.filter((from) => Math.abs(part) >= from).length
  return step === 0 ? undefined : `${part > 0 ? 'grew' : 'shrank'}-${step}`
}

/** Everything that is known of a box, for whoever points at it and for whoever does not see it. */
function sentence(profile: PageProfile, box: Box, all: number): string {
  const { functions, unit, head } = profile
  const at = functions[box.of]
  const place = at === undefined ? '' : placeOf(at)
  const wide = head.total > 0 ? `, ${share(Math.round((1000 * box.head) / head.total) / 1000)} of head` : ''
  const [own, whole] = [partOf(box.own, all), partOf(box.head - box.base, all)]
  const grew = Math.abs(whole) < 0.005 ? '' : `; ${ofWhat(profile)} ${shareOf({ share: whole })}`
  const itself = Math.abs(own) < 0.005 ? '' : `, ${shareOf({ share: own })} by itself`
  return `${nameOf(profile, box)}${place === '' ? '' : `, ${place}`}: ${pair(box.base, box.head, unit)}${wide}${grew}${itself}`
}
