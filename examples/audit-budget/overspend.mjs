// Spends a whole budget at once, or gives it back.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/${process.argv[2]}`, { method: 'POST' })
if (!answer.ok) throw new Error(`status ${answer.status}`)
