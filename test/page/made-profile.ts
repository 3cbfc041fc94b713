/** The profile of a shop's server whose prices became slower, put together as the gate does. */
import { difference } from '../../src/core/profile/difference.ts'
import type { Profile } from '../../src/core/profile/profile.ts'
import type { Stacks } from '../../src/core/profile/stacks.ts'

const SERVER = 'parserOnIncoming@node:_http_server:1100;emit@node:events:466;handle@src/server.js:31'
const CHECKOUT = `${SERVER};route@src/router.js:12;checkout@src/checkout.js:8`
const PRICE = `${CHECKOUT};price@src/price.js:20`

/** Way → microseconds of an operation at base and at head. */
const SPENT: Readonly<Record<string, readonly [base: number, head: number]>> = {
  [`${SERVER};readBody@src/body.js:4;JSON.parse@:0`]: [62, 61],
  [`${SERVER};readBody@src/body.js:4`]: [18, 18],
  [`${SERVER};route@src/router.js:12;match@src/router.js:40`]: [24, 23],
  [`${CHECKOUT};validate@src/checkout.js:30`]: [38, 37],
  [`${CHECKOUT};validate@src/checkout.js:30;test@:0`]: [21, 22],
  [`${PRICE};lines@src/price.js:34`]: [35, 36],
  [`${PRICE};lines@src/price.js:34;round@src/money.js:7`]: [12, 31],
  [`${PRICE};tax@src/tax.js:15`]: [30, 44],
  [`${PRICE};tax@src/tax.js:15;rateOf@src/tax.js:28`]: [26, 118],
  [`${PRICE};tax@src/tax.js:15;rateOf@src/tax.js:28;sort@:0`]: [0, 47],
  [`${PRICE};tax@src/tax.js:15;round@src/money.js:7`]: [9, 10],
  [`${CHECKOUT};receipt@src/receipt.js:9;JSON.stringify@:0`]: [48, 49],
  [`${CHECKOUT};receipt@src/receipt.js:9`]: [16, 9],
  [`${SERVER};send@src/server.js:52;end@node:_http_outgoing:1020;writev@:0`]: [64, 65],
  '(garbage collector)@:0': [24, 35],
  '(program)@:0': [12, 12],
}

function stacks(side: 0 | 1): Stacks {
  const nodes: Stacks['nodes'][number][] = []
  for (const [way, spent] of Object.entries(SPENT)) {
    let parent = -1
    const calls = way.split(';')
    for (const [i, call] of calls.entries()) {
      const [, name = '', file = '', line = '0'] = /^(.*)@(.*):(\d+)$/.exec(call) ?? []
      const self = i === calls.length - 1 ? spent[side] * 1e6 : 0
      parent = nodes.push({ parent, frame: { name, file, line: Number(line) }, self }) - 1
    }
  }
  return { nodes, idle: 1e8 }
}

export function madeProfile(benchmark: string): Profile {
  const seen = (side: 0 | 1) => ({ stacks: [stacks(side)], operations: 1000, executions: 1, root: '' })
  return difference({
    benchmark,
    kind: 'processor',
    tool: 'node',
    base: seen(0),
    head: seen(1),
  })!
}
