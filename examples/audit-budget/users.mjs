// As many users as the sweep says, each with a pause between two operations as people have; the latency of every operation.
const url = `http://127.0.0.1:${process.env.PORT}/spend`
const users = Number(process.env.users)
const values = []

async function user(index) {
  await pause(index * 10)
  for (let i = 0; i < Math.max(5, 40 / users); i++) {
    const began = performance.now()
    const answer = await fetch(url, { method: 'POST' })
    await answer.text()
    if (answer.status !== 200) throw new Error(`status ${answer.status}`)
    values.push(performance.now() - began)
    await pause(20)
  }
}
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

for (let i = 0; i < 10; i++) await fetch(url, { method: 'POST' }).then((answer) => answer.text())
await Promise.all(Array.from({ length: users }, (_, index) => user(index)))
console.log(JSON.stringify({ unit: 'ms', values }))
