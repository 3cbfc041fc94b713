import type { Tree } from './tree.ts'

/** What a job needs before the tool can run, as steps of a workflow. */
export type Setup =
  | {
      readonly kind: 'action'
      /** A name in pins.ts. */
      readonly action: string
      readonly with?: Readonly<Record<string, string | number | boolean>>
    }
  | { readonly kind: 'run'; readonly line: string }

/** Something in a repository that measures, and how Tailgate would run it. */
export interface Finding {
  /** What people call the tool: `vitest bench`. */
  readonly tool: string
  /** What was seen, for the comment above it: `vitest is a dependency, and src/a.bench.ts is a bench file`. */
  readonly because: string
  /** The benchmark's name, made unique by whoever writes the config. */
  readonly name: string
  /** From the top of the repository. */
  readonly run: string
  readonly format?: string
  readonly output?: string
  readonly budgets?: readonly string[]
  /** Lines for the comment above it: what its flags are for, what to change. */
  readonly notes?: readonly string[]
  /** Lines that have to run once in each checkout. */
  readonly build?: readonly string[]
  readonly setup?: readonly Setup[]
  /** It makes requests to something that has to be started. */
  readonly service?: Service
  /** Why it cannot run as it is, as an imperative: it is written as a comment. */
  readonly toUse?: string
}

export interface Service {
  readonly name: string
  readonly start: string
  /** The port that the load script has in it; else one that is free. */
  readonly port?: number
}

/** Looks for one kind of tool. Pure but for reading the tree. */
export interface Detector {
  /** What it looks for, for the list of a repository in which nothing was found. */
  readonly looksFor: string
  detect(tree: Tree): readonly Finding[]
}
