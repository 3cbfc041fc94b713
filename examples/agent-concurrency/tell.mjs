// Asks the runtime for one thing: `node tell.mjs leak`.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/${process.argv[2]}`, { method: 'POST' })
if (!answer.ok) throw new Error(`status ${answer.status}`)
