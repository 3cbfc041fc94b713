// What scripts ask the runtime: each question on a connection of its own where many ask at once.
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true })
const port = process.env.PORT

/** `{ status, told, took }`, in milliseconds; throws where the connection breaks. */
export function ask(method, path) {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece) => (text += piece))
      response.on('end', () =>
        resolve({ status: response.statusCode, told: JSON.parse(text), took: performance.now() - began }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
export const say = (result) => console.log(JSON.stringify(result))
