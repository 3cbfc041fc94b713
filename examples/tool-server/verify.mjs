// Reads the files as they are on disk, without asking the server: how many confirmed writes are not in them, and how many
// records are not whole in both copies.
import { join } from 'node:path'
import { openTable } from './table.mjs'

const { data, repaired } = await fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) =>
  answer.json(),
)
const [table, replica] = ['table', 'replica'].map((name) => openTable(join(data, name)))
let [written, broken] = [0, 0]
for (let slot = 0; slot < table.slots(); slot++) {
  const [one, other] = [table.read(slot), replica.read(slot)]
  if (one === undefined || JSON.stringify(one) !== JSON.stringify(other)) broken += 1
  // Every write made the version of its record one higher.
  written += Math.max(one?.version ?? 0, other?.version ?? 0)
}
const confirmed = Number(process.env.TAILGATE_ANSWERED_WRITE)
if (!Number.isInteger(confirmed)) throw new Error('nobody says how many writes were confirmed')
console.log(
  `${confirmed} writes confirmed, ${written} found, ${broken} of ${table.slots()} records not whole, ${repaired} repaired`,
)
console.log(Math.max(0, confirmed - written) + broken)
