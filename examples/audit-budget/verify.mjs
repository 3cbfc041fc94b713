// How many confirmed records are not in the log: it holds 20000 from the beginning.
const count = await fetch(`http://127.0.0.1:${process.env.PORT}/count`).then((answer) => answer.json())
console.log(Math.max(0, Number(process.env.TAILGATE_ANSWERED) - (count - 20000)))
