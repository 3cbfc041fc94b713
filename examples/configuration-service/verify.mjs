// Each confirmed rotation made the version one higher; what is served must be whole.
const ask = (path) => fetch(`http://127.0.0.1:${process.env.PORT}/${path}`)
if (!(await ask('whole')).ok) throw new Error('what is served is not whole')
const version = await (await ask('version')).json()
console.log(Math.max(0, Number(process.env.TAILGATE_ANSWERED) - (version - 1)))
