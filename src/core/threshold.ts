/**
 * The change for the worse that is tolerated. `relative` is a share of base (0.05 for 5 %); `absolute` is in the
 * metric's base unit; `difference` is in percentage points as a ratio (0.001 for 0.1 points), for shares.
 */
export type Threshold =
  | { readonly kind: 'relative'; readonly value: number }
  | { readonly kind: 'absolute'; readonly value: number; readonly unit: string }

export const DEFAULT_THRESHOLD: Threshold = { kind: 'relative', value: 0.05 }

/** Shares (`error_rate`) are judged by difference: 0.1 percentage points unless told otherwise. */
export const DEFAULT_SHARE_TOLERANCE: Threshold = { kind: 'absolute', value: 0.001, unit: 'ratio' }
