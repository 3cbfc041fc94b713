import type { PageBenchmark, PageComparison, PageData } from '../../reporters/html/page-data.ts'

/** What a panel draws from: a benchmark and the comparison that its reader looks at. */
export interface View {
  readonly data: PageData
  readonly benchmark: PageBenchmark
  /** Undefined where there is a curve and no comparison. */
  readonly comparison: PageComparison | undefined
  /** Metric of what is looked at. */
  readonly metric: string
}

/** One picture. Answers undefined where the report has nothing to draw it from. */
export type Panel = (view: View) => HTMLElement | undefined
