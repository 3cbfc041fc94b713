/** Draws with uPlot in the page's colours, at the width there is, again when either changes. */
import type { AlignedData, Axis, Options } from 'uplot'
import uPlot from 'uplot'

export interface Colours {
  readonly base: string
  readonly head: string
  readonly band: { readonly base: string; readonly head: string }
  readonly bad: string
  readonly paper: string
  readonly ink: string
  readonly quiet: string
  readonly grid: string
  readonly interval: string
  /** While a fault lasts, and until all is as before. */
  readonly fault: string
  readonly after: string
}

const HEIGHT = 260
const dark = matchMedia('(prefers-color-scheme: dark)')

/** Only known once the element is in the page and has a width. */
export function drawn(
  host: HTMLElement,
  data: AlignedData,
  options: (colours: Colours, width: number) => Omit<Options, 'width' | 'height'>,
): void {
  let plot: uPlot | undefined
  const draw = () => {
    const width = host.clientWidth
    if (width === 0) return
    plot?.destroy()
    plot = new uPlot(
      { width, height: HEIGHT, padding: [12, 12, 0, 0], ...options(colours(), width) },
      data,
      host,
    )
  }
  new ResizeObserver(() => {
    if (!host.isConnected) return
    if (plot === undefined) draw()
    else if (plot.width !== host.clientWidth && host.clientWidth > 0) draw()
  }).observe(host)
  dark.addEventListener('change', () => {
    if (host.isConnected) draw()
  })
}

function colours(): Colours {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    base: of('base'),
    head: of('head'),
    band: { base: of('base-band'), head: of('head-band') },
    bad: of('bad'),
    paper: of('raised'),
    ink: of('ink'),
    quiet: of('quiet'),
    grid: of('grid'),
    interval: of('interval'),
    fault: of('fault'),
    after: of('after'),
  }
}

export function axis({ quiet, grid }: Colours, told: Partial<Axis>): Axis {
  return {
    stroke: quiet,
    font: '12px system-ui, sans-serif',
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    size: 30,
    ...told,
  }
}

/** A level across the whole plot. */
export function level(u: uPlot, at: number, colour: string, dash: readonly number[]): void {
  const y = u.valToPos(at, 'y', true)
  const { left, top, width, height } = u.bbox
  if (y < top || y > top + height) return
  u.ctx.save()
  u.ctx.strokeStyle = colour
  u.ctx.lineWidth = Math.max(1, devicePixelRatio)
  u.ctx.setLineDash(dash.map((length) => length * devicePixelRatio))
  u.ctx.beginPath()
  u.ctx.moveTo(left, y)
  u.ctx.lineTo(left + width, y)
  u.ctx.stroke()
  u.ctx.restore()
}

/** A stripe between two levels; null ends go to the edge. */
export function stripe(u: uPlot, low: number | null, high: number | null, colour: string): void {
  const { left, top, width, height } = u.bbox
  const clamp = (y: number) => Math.min(top + height, Math.max(top, y))
  const from = high === null ? top : clamp(u.valToPos(high, 'y', true))
  const to = low === null ? top + height : clamp(u.valToPos(low, 'y', true))
  u.ctx.save()
  u.ctx.fillStyle = colour
  u.ctx.fillRect(left, from, width, to - from)
  u.ctx.restore()
}

/** What stands under the cursor, in words, in the corner of the plot. */
export function readout(host: HTMLElement, words: (at: number) => string | undefined): uPlot.Plugin {
  const shown = document.createElement('p')
  shown.className = 'readout'
  return {
    hooks: {
      ready: () => host.append(shown),
      destroy: () => shown.remove(),
      setCursor: (u) => {
        const at = u.cursor.idx
        shown.textContent = at === null || at === undefined ? '' : (words(at) ?? '')
      },
    },
  }
}
