// `node disturb.mjs WHAT`: does something to the server, or to its files, while it runs.
import { spawnSync } from 'node:child_process'
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const url = `http://127.0.0.1:${process.env.PORT}`
const { pid, data } = await fetch(`${url}/health`).then((answer) => answer.json())

/** No file of the process may become longer: the kernel refuses it, as it does where a disk is full. */
function files(limit) {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${limit}:`])
  if (status !== 0) throw new Error(`prlimit: ${stderr}`)
}

const WHAT = {
  /** A byte of every tenth slot is turned over. */
  corrupt: () => {
    const file = openSync(join(data, 'table'), 'r+')
    const byte = Buffer.alloc(1)
    for (let at = 40; at < fstatSync(file).size; at += 10 * 1024) {
      readSync(file, byte, 0, 1, at)
      byte[0] ^= 0xff
      writeSync(file, byte, 0, 1, at)
    }
    closeSync(file)
  },
  full: () => files(1),
  room: () => files('unlimited'),
  /** Comes when it has died of it. */
  hoard: () =>
    fetch(`${url}/hoard`).then(
      () => Promise.reject(new Error('it survived')),
      () => {},
    ),
}
await WHAT[process.argv[2]]()
