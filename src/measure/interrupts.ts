/** What must be undone however this program ends (children, folders, files moved aside), and the signals that end it. */

/** Must not wait: it also runs while the process is going down. */
type Undo = () => void

const pending = new Set<Undo>()
let listening = false

/**
 * Keeps `undo` until it is called or forgotten; whatever is still kept when the process exits, in whatever way
 * (return, exception, `process.exit`, second signal), is done then, newest first.
 */
export function undoAtExit(undo: Undo): { readonly undo: () => void; readonly forget: () => void } {
  if (!listening) {
    listening = true
    process.on('exit', undoAll)
  }
  pending.add(undo)
  return {
    undo: () => {
      if (pending.delete(undo)) undo()
    },
    forget: () => {
      pending.delete(undo)
    },
  }
}

/** Undoes all that is kept, newest first; one failure does not keep the others from being undone. */
export function undoAll(): void {
  for (const undo of [...pending].reverse()) {
    pending.delete(undo)
    try {
      undo()
    } catch (error) {
      process.stderr.write(`could not clean up: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}

export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** 128 + the signal's number, as shells have it. */
export const INTERRUPT_CODES: Readonly<Record<Interrupt, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

export interface Interrupts {
  /** Aborted by the first signal: what runs ends, what was measured is saved. */
  readonly signal: AbortSignal
  /** The first signal that came. */
  cause(): Interrupt | undefined
  /** Gives the signals back to Node. */
  stop(): void
}

/** From now on the first SIGINT, SIGTERM or SIGHUP aborts, and the second ends the process at once (undoing first). */
export function listenForInterrupts(): Interrupts {
  const controller = new AbortController()
  let first: Interrupt | undefined
  const onSignal = (name: NodeJS.Signals): void => {
    const interrupt = name as Interrupt
    if (first !== undefined) process.exit(INTERRUPT_CODES[interrupt])
    first = interrupt
    controller.abort()
  }
  const names = Object.keys(INTERRUPT_CODES) as Interrupt[]
  for (const name of names) process.on(name, onSignal)
  return {
    signal: controller.signal,
    cause: () => first,
    stop: () => {
      for (const name of names) process.off(name, onSignal)
    },
  }
}
