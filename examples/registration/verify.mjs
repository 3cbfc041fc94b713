// How many registrations were confirmed and are not in the database.
import { store } from './store.mjs'

const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/receipts`)
const { confirmed, ids } = await answer.json()
const session = await store.open({ port: process.env.DB_PORT })
const missing = await store.missing(session, ids)
session.close()
console.log(missing + Math.max(0, Number(process.env.TAILGATE_ANSWERED_REGISTER) - confirmed))
