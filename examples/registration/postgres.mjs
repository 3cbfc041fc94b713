// A client of PostgreSQL's protocol 3.0, as much of it as a service needs: trust or no authentication, statements with
// parameters, values as text, errors with their code, several statements under way at once.
// https://www.postgresql.org/docs/current/protocol-message-formats.html
import { connect as dial } from 'node:net'

/** `code`: the five letters of SQLSTATE, or that of the connection (`ECONNREFUSED`, `ETIMEDOUT`). */
const failure = (message, code) => Object.assign(new Error(message), { code })

/** Of columns by the number of their type; all others stay text. */
const READ = { 16: (text) => text === 't', 20: Number, 21: Number, 23: Number, 701: Number }

/** A message: one letter, its length with these four bytes, what it says. The first of a connection has no letter. */
function message(letter, ...parts) {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(letter.length + 4)
  head.write(letter)
  head.writeInt32BE(body.length + 4, letter.length)
  return Buffer.concat([head, body])
}
const text = (value) => Buffer.from(`${value}\0`)
const int16 = (value) => Buffer.from([value >> 8, value & 255])
const int32 = (value) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}
const sized = (value) => {
  if (value === null) return int32(-1)
  const bytes = Buffer.from(String(value))
  return Buffer.concat([int32(bytes.length), bytes])
}
const SYNC = message('S')

/** Parse, Bind, Describe, Execute, Sync: one statement with its parameters in one go. */
function statement(sql, values) {
  return Buffer.concat([
    message('P', text(''), text(sql), int16(0)),
    message('B', text(''), text(''), int16(0), int16(values.length), ...values.map(sized), int16(0)),
    message('D', Buffer.from('P'), text('')),
    message('E', text(''), int32(0)),
    SYNC,
  ])
}

/** Comes when statements can be sent; `patience`: milliseconds until one that is not answered breaks the connection. */
export function connect({ port, host = '127.0.0.1', user = 'app', database = 'postgres', patience = 1000 }) {
  return new Promise((resolve, reject) => {
    const socket = dial({ port, host, noDelay: true })
    const settings = {}
    /** Those under way, in their order: the server answers in the same. */
    const waiting = []
    let broken
    let rest = Buffer.alloc(0)

    const session = {
      get broken() {
        return broken
      },
      /** What the server says of itself, such as `server_version`. */
      settings,
      /** The rows. Without values one text may hold several statements; then the rows are those of all of them. */
      query: (sql, values = [], within = patience) =>
        send(values.length === 0 ? message('Q', text(sql)) : statement(sql, values), within),
      close: () => {
        socket.end(message('X'))
      },
    }

    function send(bytes, within) {
      if (broken !== undefined) return Promise.reject(broken)
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => end(failure(`no answer within ${within} ms`, 'ETIMEDOUT')), within)
        waiting.push({ resolve, reject, late, rows: [], columns: [], error: undefined })
        socket.write(bytes)
      })
    }

    /** Nothing can be told of what was under way: it may have happened or not. */
    function end(error) {
      broken ??= error
      socket.destroy()
      for (const one of waiting.splice(0)) {
        clearTimeout(one.late)
        one.reject(broken)
      }
    }

    const heard = {
      R: (body) => {
        if (body.readInt32BE(0) !== 0) end(failure('it asks for a password', '28000'))
      },
      S: (body) => {
        const [name, value] = body.toString().split('\0')
        settings[name] = value
      },
      T: (body) => {
        waiting[0].columns = columnsOf(body)
      },
      D: (body) => {
        waiting[0].rows.push(rowOf(body, waiting[0].columns))
      },
      E: (body) => {
        const error = errorOf(body)
        // FATAL is said to all: the server goes down, or does not let this client in.
        if (error.severity === 'FATAL' || waiting.length === 0) end(error)
        else waiting[0].error ??= error
      },
      Z: () => {
        const { resolve, reject, late, rows, error } = waiting.shift()
        clearTimeout(late)
        if (error === undefined) resolve(rows)
        else reject(error)
      },
    }

    socket.on('connect', () => {
      const words = ['user', user, 'database', database, 'application_name', 'registration', '']
      send(message('', int32(196608), ...words.map(text)), patience).then(() => resolve(session), reject)
    })
    socket.on('data', (piece) => {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      while (broken === undefined && rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
        const size = rest.readInt32BE(1) + 1
        heard[String.fromCharCode(rest[0])]?.(rest.subarray(5, size))
        rest = rest.subarray(size)
      }
    })
    socket.on('error', (error) => {
      end(error)
      reject(error)
    })
    socket.on('close', () => end(failure('the connection was closed', 'ECONNRESET')))
    const late = setTimeout(() => socket.destroy(failure('no connection in time', 'ETIMEDOUT')), patience)
    socket.on('connect', () => clearTimeout(late))
    socket.on('close', () => clearTimeout(late))
  })
}

/** RowDescription: a name, 6 bytes of where it is from, the type, 8 bytes of how it is sent. */
function columnsOf(body) {
  const columns = []
  for (let at = 2; at < body.length; at += 18) {
    const end = body.indexOf(0, at)
    columns.push({ name: body.toString('utf8', at, end), read: READ[body.readInt32BE(end + 7)] ?? String })
    at = end + 1
  }
  return columns
}

/** DataRow: of each value its length, -1 for null, and its text. */
function rowOf(body, columns) {
  let at = 2
  return Object.fromEntries(
    columns.map(({ name, read }) => {
      const size = body.readInt32BE(at)
      at += 4
      if (size === -1) return [name, null]
      at += size
      return [name, read(body.toString('utf8', at - size, at))]
    }),
  )
}

/** ErrorResponse: fields that begin with a letter, S its severity, C its code, M what it says. */
function errorOf(body) {
  const fields = Object.fromEntries(
    body
      .toString()
      .split('\0')
      .filter(Boolean)
      .map((field) => [field[0], field.slice(1)]),
  )
  return Object.assign(failure(fields.M, fields.C), { severity: fields.V ?? fields.S })
}
