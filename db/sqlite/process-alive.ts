import { readFileSync } from 'node:fs'

/** Clock ticks per second in /proc: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100
/** Start times are told by different clocks; a reused pid is younger by far more than this. */
const TOLERANCE_MS = 5_000

/** When a process of this machine started, ms since epoch; null where that cannot be told. */
export function processStart(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may hold spaces: the fields are counted after it. Start time is field 22.
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    const boot = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
    const started = boot * 1000 + (ticks / TICKS_PER_SECOND) * 1000
    return Number.isFinite(started) ? started : null
  } catch {
    return null
  }
}

/** `reused`: a process of that number lives but seems to have started at another time, which a jump of the clock looks like too. */
export type ProcessState = 'gone' | 'reused' | 'alive'

/** Whether process `pid` of this machine lives and is the one that started at `processStartedAt` (when known). */
export function processState(pid: number, processStartedAt?: number): ProcessState {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, but another user's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return 'gone'
  }
  if (processStartedAt === undefined) return 'alive'
  const started = processStart(pid)
  return started === null || Math.abs(started - processStartedAt) <= TOLERANCE_MS ? 'alive' : 'reused'
}
