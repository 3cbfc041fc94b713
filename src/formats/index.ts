/** Every format that is read: one line each. */
export { goBench } from './go-bench.ts'
export { hyperfine } from './hyperfine.ts'
export { k6 } from './k6.ts'
export { samples } from './samples.ts'
