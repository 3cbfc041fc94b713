/** Every picture of a benchmark, in the order of the page: a new one is a file and a line here. */
import { changes } from './changes.ts'
import { courses } from './courses.ts'
import { flames } from './flames.ts'
import { history } from './history.ts'
import { levels } from './levels.ts'
import type { Panel } from './panel.ts'
import { percentiles } from './percentiles.ts'
import { sweep, sweptThroughput } from './sweep.ts'
import { answers, failures, memory, processor, tail } from './timeline.ts'

export const panels: readonly Panel[] = [
  flames,
  percentiles,
  changes,
  levels,
  sweep,
  sweptThroughput,
  courses,
  answers,
  failures,
  tail,
  processor,
  memory,
  history,
]
