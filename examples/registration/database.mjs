// The database as a service of the suite: a PostgreSQL of its own in a temporary folder, on $PORT of loopback. Started
// again after a crash it finds its data. Where there is no PostgreSQL, a journal on disk takes its place.
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres } from './find-postgres.mjs'
import { serveJournal } from './journal.mjs'

const { PORT, DATA = tmpdir(), THROW_AWAY } = process.env
const folder = join(DATA, `registration-${PORT}`)
const bin = findPostgres()
mkdirSync(folder, { recursive: true, mode: 0o700 })
const stop = bin === undefined ? serveJournal({ file: join(folder, 'journal'), port: PORT }) : runPostgres()
process.on('SIGTERM', async () => {
  await stop()
  if (THROW_AWAY === '1') rmSync(folder, { recursive: true, force: true })
  process.exit(0)
})

/** Answers what stops it. */
function runPostgres() {
  const data = join(folder, 'data')
  const how = { ...account(), cwd: folder, env: { ...process.env, LC_ALL: 'C' } }
  if (how.uid !== undefined) chownSync(folder, how.uid, how.gid)
  if (!existsSync(data)) {
    const fresh = `${data}.new`
    const options = ['--username=app', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
    execFileSync(join(bin, 'initdb'), ['-D', fresh, ...options], {
      ...how,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    // Under its name only once it is whole.
    renameSync(fresh, data)
  } else forgetTheDead(join(data, 'postmaster.pid'))
  const settings = {
    listen_addresses: '127.0.0.1',
    // Reached by its port alone, and nothing of it outside its folder.
    unix_socket_directories: '',
    dynamic_shared_memory_type: 'mmap',
    max_connections: 100,
    shared_buffers: '32MB',
  }
  const told = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-p', PORT, ...told], { ...how, stdio: 'inherit' })
  const over = new Promise((resolve) => server.once('close', resolve))
  let asked = false
  over.then((code) => asked || process.exit(code || 1))
  return () => {
    asked = true
    // At once, without a checkpoint, where nobody needs the data any more.
    server.kill(THROW_AWAY === '1' ? 'SIGQUIT' : 'SIGINT')
    return over
  }
}

/** In a container whose first process buries nobody, a killed server still has its number, and the next would not start. */
function forgetTheDead(lock) {
  const pid = existsSync(lock) ? Number.parseInt(readFileSync(lock, 'utf8'), 10) : 0
  const stat = `/proc/${pid}/stat`
  if (existsSync(stat) && / Z /.test(readFileSync(stat, 'utf8'))) rmSync(lock)
}

/** PostgreSQL does not run as root: then it belongs to its own account, or to nobody. */
function account() {
  if (process.getuid() !== 0) return {}
  const id = (flag, name) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) }
    } catch {
      // There is no such account.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither an account postgres nor nobody')
}
