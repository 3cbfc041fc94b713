import { posix } from 'node:path'
import { parseBudget } from '../../core/budget-expression.ts'
import { UserError } from '../../core/errors.ts'
import type { Detector } from '../finding.ts'
import { aimed, aimOf, buildOf, serviceOf, toUseOf } from '../loads.ts'
import { word } from '../shell.ts'
import { filesNamed } from '../tree.ts'

export const k6: Detector = {
  looksFor: 'k6 scripts',
  detect: (tree) =>
    filesNamed(tree, /\.[cm]?[jt]s$/).flatMap(({ path, text }) => {
      if (!/from ['"]k6(?:\/http|\/ws|\/net\/grpc)['"]/.test(text) || !/export default|scenarios/.test(text))
        return []
      const aim = aimOf(text, /__ENV\.(\w*(?:URL|HOST|TARGET)\w*)/)
      const service = serviceOf(tree, aim)
      const name = posix.basename(path).replace(/\.[cm]?[jt]s$/, '')
      const budgets = budgetsIn(text)
      const { build, setup } = buildOf(tree)
      return [
        {
          tool: 'k6',
          because: `${path} imports k6`,
          name: `k6-${name}`,
          run: `${aimed(aim, service)}k6 run --quiet --no-thresholds --out json=k6-${name}.json ${word(path)}`,
          format: 'k6',
          output: `k6-${name}.json`,
          budgets,
          notes: [
            ...(budgets.length > 0
              ? ['The thresholds of the script are budgets here, so that k6 itself does not fail.']
              : []),
            '--out keeps every request; a summary has no p99 unless it is asked for.',
          ],
          build,
          setup: [...setup, { kind: 'action', action: 'grafana/setup-k6-action' }],
          ...(service === undefined ? {} : { service }),
          ...toUseOf(aim, service),
        },
      ]
    }),
}

const METRICS = /\b(http_req_duration|http_req_failed)\b['"]?\s*:\s*\[([^\]]*)\]/g

/** Thresholds that are written as texts, and that mean the same here. */
function budgetsIn(text: string): string[] {
  return [...text.matchAll(METRICS)].flatMap(([, metric, list]) =>
    [...list!.matchAll(/(?:^|[\s,[{:])(['"])((?:(?!\1).)+)\1/g)]
      .map(([, , expression]) => `${metric}: ${expression}`)
      .filter(isBudget),
  )
}

function isBudget(expression: string): boolean {
  try {
    parseBudget(expression)
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}
