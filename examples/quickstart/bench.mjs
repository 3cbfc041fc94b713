// Renders invoices and prints how long each took, in the format `samples`.
import { implementations } from './render.mjs'

const name = process.env.IMPLEMENTATION ?? 'compiled'
const implementation = implementations[name]
if (implementation === undefined) throw new Error(`there is no implementation "${name}"`)

const row = '<tr><td>{{item}}</td><td>{{count}}</td><td>{{price}}</td><td>{{total}}</td></tr>\n'
const render = implementation(
  `<h1>{{title}}</h1>\n<p>{{customer}}, {{city}}</p>\n${row.repeat(600)}<p>{{sum}}</p>`,
)

const values = []
for (let i = 0; i < 900; i++) {
  const invoice = {
    title: `Invoice ${i}`,
    customer: 'Ada',
    city: 'London',
    item: 'bolt',
    count: i,
    price: 3,
    total: 3 * i,
    sum: 9 * i,
  }
  const start = process.hrtime.bigint()
  render(invoice)
  values.push(Number(process.hrtime.bigint() - start))
}
// The first ones are the engine warming up.
console.log(JSON.stringify({ metric: 'latency', unit: 'ns', values: values.slice(400) }))
