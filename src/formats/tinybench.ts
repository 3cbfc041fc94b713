import type { Result } from '../core/result.ts'
import type { TextFormat } from './format.ts'
import { type Json, parseJson } from './json.ts'
import { outlineOf } from './outline.ts'
import { readTinybench } from './tinybench-statistics.ts'
import { isTinybenchTable, readTinybenchTable } from './tinybench-table.ts'

/**
 * tinybench writes no file of its own: what scripts print is `bench.tasks` or `bench.results` as JSON, with the names,
 * or `console.table(bench.table())`. https://github.com/tinylibs/tinybench
 */
export const tinybench: TextFormat = {
  name: 'tinybench',
  title: 'tinybench (tasks as JSON, console.table)',
  keeps: 'percentiles; raw samples where retained',
  detect(start) {
    if (isTinybenchTable(start)) return true
    const outline = outlineOf(start)
    return ['tasks[]', '[]'].some(
      (list) =>
        outline.has(`${list}.name`) &&
        (['latency', 'throughput'].every((part) => outline.has(`${list}.result.${part}`)) ||
          outline.has(`${list}.result.state`) ||
          outline.has(`${list}.result.hz`, `${list}.result.rme`)),
    )
  },
  parse(text) {
    if (!/^\s*[[{]/.test(text)) return { results: readTinybenchTable(text) }
    const root = parseJson(text)
    const tasks = root.isArray ? root : root.at('tasks')
    return { results: tasks.array().flatMap(readTask) }
  },
}

function readTask(task: Json): Result[] {
  const benchmark = task.at('name').string()
  const outcome = task.get('result')
  if (outcome === undefined) return [{ benchmark, status: 'failed', reason: 'it was not run' }]
  const error = outcome.get('error')
  const state = outcome.get('state')?.string() ?? 'completed'
  if (error !== undefined || !MEASURED.includes(state)) {
    const message = error?.isObject ? error.get('message') : error
    const told = message?.isString
      ? message.string().slice(0, 500)
      : state === 'completed'
        ? 'it threw'
        : `its state is ${state}`
    return [{ benchmark, status: 'failed', reason: told }]
  }
  return readTinybench(benchmark, outcome)
}

/** `aborted-with-statistics` was stopped before its time, and so are not all samples it was asked for. */
const MEASURED: readonly string[] = ['completed']
