import { createHash } from 'node:crypto'

/**
 * A file or key name that any platform takes, for a name of any characters: readable at its start, told apart by the
 * digest at its end (`release/1.2` and `release-1.2` are two).
 */
export function slug(name: string): string {
  const readable = name
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 40)
  return `${readable === '' ? 'unnamed' : readable}-${digest(name)}`
}

/** 10 hexadecimal digits: 40 bits, against accidents, not against forgers. */
export function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 10)
}
