// A record as a line of text: a digest, and the JSON that it is of. What was torn or changed is no record.
import { createHash } from 'node:crypto'

const digest = (json) => createHash('sha1').update(json).digest('base64')

export function lineOf(record) {
  const json = JSON.stringify(record)
  return `${digest(json)} ${json}\n`
}

/** Undefined for anything that is not whole. */
export function parsed(line) {
  const json = line.slice(29)
  return line.length > 29 && line.slice(0, 28) === digest(json) ? JSON.parse(json) : undefined
}
