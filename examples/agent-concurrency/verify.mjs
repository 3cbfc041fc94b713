// How many confirmed runs are not in the store, or are in it twice, as it stands on the disk.
import { openConnection } from './connection.mjs'

const connection = openConnection(process.env.STORE_PORT, 5000)
const { finished, doubled } = await connection.ask({ op: 'check' })
connection.close()
console.log(Math.max(0, Number(process.env.TAILGATE_ANSWERED) - finished) + doubled)
