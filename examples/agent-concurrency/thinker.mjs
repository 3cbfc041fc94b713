// A process of its own for the memory of agents: those of the last runs are kept to be looked at. It takes all that it may
// have at its start; where the system does not give it, this process ends, and the runtime starts another.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const { contexts: limit } = JSON.parse(readFileSync(new URL('limits.json', import.meta.url), 'utf8'))
const SIZE = 256 * 1024

const kept = new Map()
let used = 0

function open(run) {
  const known = kept.get(run)
  if (known !== undefined) return known
  if (used + SIZE > limit) {
    kept.delete(kept.keys().next().value)
    used -= SIZE
  }
  const context = Buffer.allocUnsafeSlow(SIZE)
  kept.set(run, context)
  used += SIZE
  return context
}

process.on('disconnect', () => process.exit())
process.on('message', ({ id, run, before }) => {
  const context = open(run)
  context.fill(run + before)
  const thought = createHash('sha1').update(context.subarray(0, 65_536)).digest('hex')
  process.send({ id, thought, used })
})
while (used + SIZE <= limit) open(used)
process.send({ used })
