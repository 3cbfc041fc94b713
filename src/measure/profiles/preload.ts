/**
 * What runs in each Node.js process that is profiled, before its own first line: CommonJS of the oldest Node there may be.
 *
 * Not `--cpu-prof`: Node 20 refuses it in NODE_OPTIONS, and what a signal ends writes no profile. A worker thread that
 * its main thread ends is not told of it, so what a worker has seen is written piece by piece. Package managers only
 * start what is looked for. Nothing that goes wrong here may reach the program.
 */
export const PRELOAD = `'use strict'
;(() => {
  const folder = process.env.TAILGATE_PROFILES
  if (!folder) return
  try {
    const fs = require('fs')
    const { Session } = require('inspector')
    const { isMainThread, threadId } = require('worker_threads')
    const started = String(process.argv[1]).split(/[\\\\/]/).pop()
    if (/^(?:np[mx]|np[mx]-cli|yarn|pnpm|corepack)(?:\\.c?js)?$/.test(started)) return
    if (fs.readdirSync(folder).length >= 400) return
    const session = new Session()
    session.connect()
    const ask = (method, parameters) => {
      let answer
      session.post(method, parameters, (error, result) => { answer = result })
      return answer
    }
    let piece = 0
    const write = (kind, profile) => {
      const file = folder + '/' + process.pid + '-' + threadId + '-' + piece + '.' + kind
      fs.writeFileSync(file + '.part', JSON.stringify(profile))
      fs.renameSync(file + '.part', file)
    }
    const begin = () => {
      ask('Profiler.start')
      ask('HeapProfiler.startSampling', { samplingInterval: 65536 })
    }
    let over = false
    const keep = (again) => {
      if (over) return
      over = !again
      try {
        const processor = ask('Profiler.stop')
        const memory = ask('HeapProfiler.stopSampling')
        if (again) begin()
        write('cpuprofile', processor.profile)
        write('heapprofile', memory.profile)
        piece += 1
      } catch {}
    }
    ask('Profiler.enable')
    ask('Profiler.setSamplingInterval', { interval: 250 })
    begin()
    process.on('exit', () => keep(false))
    if (!isMainThread) setInterval(() => keep(true), 1000).unref()
    else for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      const onSignal = () => {
        keep(false)
        process.removeListener(name, onSignal)
        if (process.listenerCount(name) === 0) process.kill(process.pid, name)
      }
      process.on(name, onSignal)
    }
  } catch {}
})()
`
