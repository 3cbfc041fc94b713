// A database of people, asked over TCP: a line of JSON with an id for every question, and one for its answer.
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

const people = new Map()
const NAMES = ['Ada', 'Blaise', 'Charles', 'Dorothy', 'Edsger', 'Frances', 'Grace', 'Hedy']
for (let i = 0; i < 8000; i++) {
  const name = i < NAMES.length ? NAMES[i] : `${NAMES[i % NAMES.length]} ${i}`
  people.set(name, { name, team: `team ${i % 40}`, telephone: 1000 + i })
}

createServer((socket) => {
  socket.setNoDelay(true)
  socket.on('error', () => {})
  createInterface({ input: socket }).on('line', (line) => {
    const { id, name } = JSON.parse(line)
    socket.write(`${JSON.stringify({ id, person: people.get(name) ?? null })}\n`)
  })
}).listen(process.env.PORT, '127.0.0.1')
