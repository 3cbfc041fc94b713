// Asks the service for one thing: `node tell.mjs spoil`.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/${process.argv[2]}`)
if (!answer.ok) throw new Error(`status ${answer.status}`)
