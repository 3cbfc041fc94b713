/** What is seen of a process tree at one moment. */
export interface Look {
  /** Seconds of processor time since each of its processes began. */
  readonly busy: number
  /** Bytes resident, summed: what processes share counts for each. */
  readonly memory: number
  readonly processes: number
  readonly threads?: number
  readonly files?: number
  readonly connections?: number
}
