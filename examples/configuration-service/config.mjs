// Configuration of several environments: files on disk, a frozen snapshot in memory, the last valid one when a file is not.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The regressed variant reads and validates the file for every value. */
const REGRESSED = process.env.REGRESSED === '1'

export const KEYS = Array.from({ length: 1000 }, (_, i) => `service.${i}`)

/** A file as it is first: `version` is in every value, so that a mixture of two would be seen. */
export function fresh(version) {
  return { version, values: Object.fromEntries(KEYS.map((key, i) => [key, { version, limit: i }])) }
}

/** Throws for anything that is not whole. */
export function validate(told) {
  if (!Number.isInteger(told?.version)) throw new Error('version is no whole number')
  for (const key of KEYS) {
    const value = told.values?.[key]
    if (value?.version !== told.version || !Number.isInteger(value.limit))
      throw new Error(`${key} is not valid`)
  }
  return Object.freeze(told)
}

export function openConfig(folder) {
  mkdirSync(folder, { recursive: true })
  const fileOf = (environment) => join(folder, `${environment}.json`)
  const cache = new Map()
  let environment = 'production'

  /** Written beside and renamed: a reader, or a crash, finds the old file or the new one. */
  const write = (name, text) => {
    const beside = `${fileOf(name)}.new`
    writeFileSync(beside, text)
    renameSync(beside, fileOf(name))
  }
  const load = (name) => validate(JSON.parse(readFileSync(fileOf(name), 'utf8')))
  for (const name of ['production', 'staging']) {
    try {
      cache.set(name, load(name))
    } catch {
      write(name, JSON.stringify(fresh(1)))
      cache.set(name, load(name))
    }
  }

  return {
    get: (key) => (REGRESSED ? load(environment) : cache.get(environment)).values[key],
    snapshot: () => cache.get(environment),
    /** Takes over what is on disk; what is not valid is refused and changes nothing. */
    reload: () => {
      try {
        cache.set(environment, load(environment))
        return true
      } catch {
        return false
      }
    },
    rotate: () => {
      const next = fresh(cache.get(environment).version + 1)
      write(environment, JSON.stringify(next))
      cache.set(environment, load(environment))
      return next.version
    },
    switchTo: (name) => {
      cache.set(name, load(name))
      environment = name
    },
    spoil: () => write(environment, '{ "version": 7, "values": '),
    repair: () => write(environment, JSON.stringify(cache.get(environment))),
  }
}
