/**
 * How often our rule and our peers' cry wolf, and how often they see: on recorded rounds and in simulated worlds.
 *
 *   npm run bench:verdicts -- --corpus DIR [--worlds JOBS] [--stride STEPS] [--tosses TIMES] [--only RULE]
 */
import { parseArgs } from 'node:util'
import { readCorpus } from './verdicts/corpus.ts'
import { adaptive, fixed } from './verdicts/ours.ts'
import { PEERS } from './verdicts/peers.ts'
import { roundsOn, verdictsOn } from './verdicts/recordings.ts'
import { worldsTable } from './verdicts/rivalry.ts'

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    worlds: { type: 'string', default: '0' },
    stride: { type: 'string', default: '1' },
    tosses: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
  },
})

const say = (text: string) => process.stdout.write(`${text}\n`)
const size = { stride: Number(values.stride), tosses: Number(values.tosses) }
const rules = [fixed(12), adaptive(30), ...PEERS].filter((rule) => rule.name.includes(values.only))

if (values.corpus !== undefined) {
  const corpus = readCorpus(values.corpus)
  for (const load of [...new Set(corpus.map((r) => r.load))]) {
    const own = corpus.filter((r) => r.load === load)
    say(`\n${load}: ${own.map((r) => `${r.workload} (${r.steps.length} steps)`).join(', ')}\n`)
    say(verdictsOn(own, rules, size))
    say('')
    say(roundsOn(own, size))
  }
}
if (Number(values.worlds) > 0) say(`\n${worldsTable(Number(values.worlds))}`)
if (values.corpus === undefined && values.worlds === '0') {
  process.stderr.write('nothing to do: name --corpus DIR or --worlds JOBS\n')
  process.exitCode = 2
}
