/** The fingerprint of the machine that measures. */
import { readFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import type { Machine } from '../core/run.ts'

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** The CPU time that the container may use, in cores; undefined: as much as there is. See cgroups(7), cpu.max. */
export function coresOfCgroup(
  max = read('/sys/fs/cgroup/cpu.max'),
  quota = read('/sys/fs/cgroup/cpu/cpu.cfs_quota_us'),
  period = read('/sys/fs/cgroup/cpu/cpu.cfs_period_us'),
): number | undefined {
  const [allowed, each] = max === undefined ? [quota, period] : max.trim().split(/\s+/)
  const cores = Number(allowed) / Number(each)
  return Number.isFinite(cores) && cores > 0 ? cores : undefined
}

/** ARM kernels tell no model name: implementer and part identify the core as well. */
function cpuModel(): string {
  const model = cpus()[0]?.model.trim().replace(/\s+/g, ' ')
  if (model !== undefined && model !== '' && model !== 'unknown') return model
  const info = read('/proc/cpuinfo') ?? ''
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}\\s*:\\s*(\\S+)`, 'm').exec(info)?.[1]
  const implementer = field('CPU implementer')
  return implementer === undefined
    ? `unknown ${arch()}`
    : `${arch()} ${implementer}/${field('CPU part') ?? '?'}`
}

/** Bytes: the machine's, or the container's share. */
function memory(): number {
  const constrained = process.constrainedMemory() as number | undefined
  return constrained !== undefined && constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()
}

export function fingerprint(): Machine {
  const there = availableParallelism()
  return {
    cpu: cpuModel(),
    cores: Math.min(there, coresOfCgroup() ?? there),
    memory: memory(),
    os: `${platform()} ${release().split('.').slice(0, 2).join('.')} ${arch()}`,
    runtime: `node ${process.version}`,
  }
}
