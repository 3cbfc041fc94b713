import type { Command } from 'commander'

/** Adds one command to the program; its work is imported when it is asked for. `exit` takes the exit code. */
export type Describe = (program: Command, exit: (code: number) => void) => void
