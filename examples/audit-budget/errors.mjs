// An error in one request: how long until the next is answered, and whether any other request felt it.
const url = `http://127.0.0.1:${process.env.PORT}`
const post = (path) =>
  fetch(url + path, { method: 'POST' }).then((answer) => answer.text().then(() => answer.status))

const took = []
let [others, well] = [0, 0]
for (let i = 0; i < 50; i++) {
  const beside = Array.from({ length: 4 }, () => post('/audit'))
  if ((await post('/broken')) !== 500) throw new Error('it was no error')
  const began = performance.now()
  if ((await post('/audit')) === 200) took.push(performance.now() - began)
  for (const status of await Promise.all(beside)) {
    others += 1
    if (status === 200) well += 1
  }
}
const say = (result) => console.log(JSON.stringify(result))
say({ metric: 'error_recovery', unit: 'ms', better: 'lower', values: took })
say({ metric: 'recovered_errors', unit: 'ratio', better: 'higher', value: took.length / 50 })
say({ metric: 'isolated', unit: 'ratio', better: 'higher', value: well / others })
