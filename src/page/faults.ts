/** When faults lasted and when all was well again, drawn over the time of a load. */
import type uPlot from 'uplot'
import type { PageFault, PageTimeline } from '../reporters/html/page-timeline.ts'
import { figure, NEVER_ILL } from '../reporters/scale.ts'
import type { Key } from './figure.ts'
import type { Colours } from './plot.ts'

/** A fault on one side. Seconds. */
interface Window {
  readonly side: 'base' | 'head'
  readonly fault: PageFault
}

export interface FaultMarks {
  readonly keys: readonly Key[]
  /** For whoever does not see the picture; empty, or a sentence with a blank before it. */
  readonly sentence: string
  /** Pixels above the plot that names and times are written into. */
  readonly room: number
  /** Beneath the lines. */
  readonly draw: (u: uPlot, colours: Colours) => void
}

const ROW = 14

/** Undefined where nothing was injected. */
export function faultMarks(timelines: readonly PageTimeline[]): FaultMarks | undefined {
  const windows = timelines.flatMap(({ side, faults = [] }) =>
    faults.map((fault): Window => ({ side, fault })),
  )
  if (windows.length === 0) return undefined
  const sides = [...new Set(windows.map(({ side }) => side))]
  // Both sides are disturbed at the same times: the windows of one are drawn.
  const shown = windows.filter(({ side }) => side === sides.at(-1))
  const told = windows.filter(({ fault }) => fault.recovery !== undefined)
  const ill = told.filter(({ fault }) => fault.recovery !== 0)
  const noticed = windows.some(({ fault }) => fault.detect)
  return {
    keys: [
      { kind: 'fault', text: 'a fault lasts' },
      ...(ill.length === 0 ? [] : [{ kind: 'after' as const, text: 'not yet as before' }]),
      ...(noticed ? [{ kind: 'noticed' as const, text: 'noticed' }] : []),
      ...(ill.length === 0
        ? []
        : [{ kind: 'well' as const, text: 'well again (✓), and how long that took' }]),
    ],
    sentence: windows.map((window) => ` ${sentenceOf(window)}`).join(''),
    room: ROW * (1 + (told.length === 0 ? 0 : sides.length)),
    draw: (u, colours) => {
      const { ctx } = u
      ctx.save()
      for (const { fault } of shown) {
        shade(u, fault.injected, end(u, fault), colours.after)
        shade(u, fault.injected, fault.healed, colours.fault)
      }
      for (const { side, fault } of windows) {
        const dash = side === 'base' ? [6, 4] : []
        if (fault.detect) upright(u, fault.injected + fault.detect, colours.quiet, [2, 3])
        if (fault.recovered && fault.recovery) upright(u, end(u, fault), colours[side], dash)
      }
      ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`
      ctx.textBaseline = 'middle'
      for (const [i, { fault }] of shown.entries())
        write(u, fault.injected, fault.name, 0, shown[i + 1]?.fault.injected, colours.ink)
      for (const [row, side] of sides.toReversed().entries()) {
        const mine = windows.filter((window) => window.side === side)
        for (const [i, { fault }] of mine.entries())
          write(u, fault.injected, timeOf(fault), row + 1, mine[i + 1]?.fault.injected, colours[side])
      }
      ctx.restore()

      function write(
        on: uPlot,
        at: number,
        text: string,
        row: number,
        next: number | undefined,
        colour: string,
      ) {
        const x = on.valToPos(at, 'x', true)
        const until =
          next === undefined
            ? on.bbox.left + on.bbox.width
            : on.valToPos(next, 'x', true) - 8 * devicePixelRatio
        const y = on.bbox.top - (sides.length + 1 - row - 0.5) * ROW * devicePixelRatio
        on.ctx.fillStyle = colour
        on.ctx.fillText(fitted(on.ctx, text, until - x), x, y)
      }
    },
  }
}

/** `✓ 2.6 s`; `✗ not in 16 s`. */
function timeOf({ recovery, recovered }: PageFault): string {
  if (recovery === undefined) return ''
  if (!recovered) return `✗ not in ${time(recovery)}`
  return `✓ ${recovery === 0 ? NEVER_ILL : time(recovery)}`
}

/** Seconds as precise as they were measured. */
export function time(seconds: number): string {
  return figure(Number((seconds * 1e9).toPrecision(3)), 'ns')
}

function sentenceOf({ side, fault }: Window): string {
  const { name, injected, healed, recovery, recovered } = fault
  const lasted = `${side}: ${name} from ${time(injected)} to ${time(healed)}`
  if (recovery === undefined) return `${lasted}.`
  if (!recovered) return `${lasted}, not well again in ${time(recovery)}.`
  return recovery === 0 ? `${lasted}, never ill.` : `${lasted}, well again after ${time(recovery)}.`
}

/** Where all was as before; where that never came, the end of the plot. */
function end(u: uPlot, { injected, healed, recovery, recovered }: PageFault): number {
  if (recovery === undefined) return healed
  return recovered ? injected + recovery : (u.scales.x?.max ?? healed)
}

function shade(u: uPlot, from: number, to: number, colour: string): void {
  const [left, right] = [from, to].map((at) => {
    const x = u.valToPos(at, 'x', true)
    return Math.min(u.bbox.left + u.bbox.width, Math.max(u.bbox.left, x))
  }) as [number, number]
  u.ctx.fillStyle = colour
  u.ctx.fillRect(left, u.bbox.top, Math.max(devicePixelRatio, right - left), u.bbox.height)
}

function upright(u: uPlot, at: number, colour: string, dash: readonly number[]): void {
  const x = u.valToPos(at, 'x', true)
  if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return
  u.ctx.strokeStyle = colour
  u.ctx.lineWidth = 1.5 * devicePixelRatio
  u.ctx.setLineDash(dash.map((length) => length * devicePixelRatio))
  u.ctx.beginPath()
  u.ctx.moveTo(x, u.bbox.top)
  u.ctx.lineTo(x, u.bbox.top + u.bbox.height)
  u.ctx.stroke()
}

/** As much of a text as there is room for. */
function fitted(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text
  let kept = text
  while (kept !== '' && ctx.measureText(`${kept}…`).width > room) kept = kept.slice(0, -1)
  return kept.length < 3 ? '' : `${kept}…`
}
