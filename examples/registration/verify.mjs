// How many registrations were confirmed and are not in the database. The breaker must have closed again.
import { store } from './store.mjs'

const ask = (path) => fetch(`http://127.0.0.1:${process.env.PORT}/${path}`).then((answer) => answer.json())
const { breaker } = await ask('health')
if (breaker !== 'closed') throw new Error(`the circuit breaker is ${breaker}`)
const { confirmed, ids } = await ask('receipts')
const session = await store.open({ port: process.env.DB_PORT })
const missing = await store.missing(session, ids)
session.close()
console.log(missing + Math.max(0, Number(process.env.TAILGATE_ANSWERED_REGISTER) - confirmed))
