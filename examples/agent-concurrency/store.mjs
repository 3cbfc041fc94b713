// The store: a process of its own that keeps what agents did. One JSON line over TCP asks, one answers.
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJournal } from './journal.mjs'
import { onLine } from './lines.mjs'

const journal = openJournal(join(process.env.DATA ?? tmpdir(), `agents-${process.env.PORT}.jsonl`))
const OPERATIONS = {
  append: ({ op, ...record }) => journal.append(record).then(() => true),
  finished: () => journal.finished(),
  check: () => journal.check(),
}

createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy())
  onLine(socket, async (line) => {
    try {
      const asked = JSON.parse(line)
      const told = await OPERATIONS[asked.op](asked)
      socket.write(`${JSON.stringify({ told })}\n`)
    } catch (error) {
      socket.write(`${JSON.stringify({ error: error.message })}\n`)
    }
  })
}).listen(process.env.PORT, '127.0.0.1')
process.on('SIGTERM', () => {
  // For suites: what a round wrote is of no use to anybody else.
  if (process.env.THROW_AWAY === '1') journal.remove()
  process.exit(0)
})
