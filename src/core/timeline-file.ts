/** Reads what an untrusted report holds of a round over its time. */
import type { FaultCourse, ReportTimeline } from './report-timelines.ts'
import type { LoadSlot, ResourceSample } from './timeline.ts'
import type { Json } from './untrusted.ts'

const MOST_POINTS = 10_000
const MOST_FAULTS = 1000

export function readTimeline(v: Json): ReportTimeline {
  return {
    benchmark: v.get('benchmark').name(),
    side: v.get('side').oneOf<'base' | 'head'>(['base', 'head']),
    round: v.get('round').count(),
    ...v.optional('load', (l) => l.list(MOST_POINTS, loadSlot)),
    ...v.optional('resources', (r) => r.list(MOST_POINTS, resourceSample)),
    ...v.optional('faults', (f) => f.list(MOST_FAULTS, faultCourse)),
  }
}

function loadSlot(v: Json): LoadSlot {
  return {
    at: v.get('at').number(),
    width: v.get('width').number(),
    answered: v.get('answered').count(),
    failed: v.get('failed').count(),
    ...v.optional('p50', (n) => n.number()),
    ...v.optional('p99', (n) => n.number()),
  }
}

function resourceSample(v: Json): ResourceSample {
  return {
    at: v.get('at').number(),
    cpu: v.get('cpu').number(),
    memory: v.get('memory').number(),
    processes: v.get('processes').count(),
    ...v.optional('threads', (n) => n.count()),
    ...v.optional('files', (n) => n.count()),
    ...v.optional('connections', (n) => n.count()),
  }
}

function faultCourse(v: Json): FaultCourse {
  return {
    name: v.get('name').name(),
    injected: v.get('injected').number(),
    healed: v.get('healed').number(),
    ...v.optional('detect', (n) => n.number()),
    ...v.optional('recovery', (n) => n.number()),
    ...v.optional('recovered', (n) => n.boolean()),
    ...v.optional('errors', (n) => n.number()),
    ...v.optional('lost', (n) => n.number()),
  }
}
