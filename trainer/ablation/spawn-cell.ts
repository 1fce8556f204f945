import { spawn } from 'node:child_process'
import type { CellEnd } from './settle-cell.ts'

export interface Stops {
  /** Aborted: the child is asked to stop as by Ctrl-C. Its `reason` is the name of the signal that we got. */
  stop: AbortSignal
  /** Aborted: the child is killed. */
  kill: AbortSignal
}

export interface SpawnCell {
  command: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  cwd?: string
  /** A channel whose end tells the child that we are gone. */
  ipc?: boolean
  timeoutMs: number | null
  stops: Stops
  /** Told of every whole line the child prints. */
  onLine?: (line: string) => void
}

/** After being asked to stop, a child has this long before it is killed. */
const KILL_AFTER_MS = 15_000
const TAIL_LINES = 5
const TAIL_CHARACTERS = 600

/** Runs a program without a shell and says how it ended: exit code, and the last lines it wrote to stderr. Never rejects. */
export function spawnCell(options: SpawnCell): Promise<CellEnd> {
  const { command, args, env, cwd, ipc = false, timeoutMs, stops, onLine } = options
  return new Promise((resolve) => {
    // In a group of its own: Ctrl-C reaches it through us, once, and stopping it stops what it started.
    const child = spawn(command, [...args], {
      env,
      cwd,
      detached: true,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc' as const] : [])],
    })
    const tail: string[] = []
    let timedOut = false
    let killTimer: NodeJS.Timeout | undefined
    const stop = (how: NodeJS.Signals) => {
      send(child.pid, how)
      killTimer ??= setTimeout(() => send(child.pid, 'SIGKILL'), KILL_AFTER_MS)
    }
    const onTimeout = () => {
      timedOut = true
      stop('SIGTERM')
    }
    const onStop = () => stop('SIGINT')
    const onKill = () => stop('SIGKILL')
    const timer = timeoutMs === null ? undefined : setTimeout(onTimeout, Math.min(timeoutMs, 0x7fffffff))
    readLines(child.stdout, (line) => onLine?.(line))
    readLines(child.stderr, (line) => {
      onLine?.(line)
      if (line.trim() !== '') tail.push(line.trim())
      if (tail.length > TAIL_LINES) tail.shift()
    })
    const end = (status: CellEnd['status'], reason: string | null) => {
      clearTimeout(timer)
      clearTimeout(killTimer)
      stops.stop.removeEventListener('abort', onStop)
      stops.kill.removeEventListener('abort', onKill)
      resolve({ status, reason })
    }
    child.once('error', (error: NodeJS.ErrnoException) =>
      end('failed', error.code === 'ENOENT' ? `there is no program "${command}"${cwd ? ` (started in ${cwd})` : ''}` : error.message),
    )
    child.once('close', (code, killedBy) => {
      const said = tail.length > 0 ? `: ${tail.join(' | ').slice(-TAIL_CHARACTERS)}` : ''
      if (timedOut) end('failed', `stopped after its timeout of ${(timeoutMs ?? 0) / 1000} s${said}`)
      else if (code === 0) end('finished', null)
      else if (stops.stop.aborted) end('interrupted', String(stops.stop.reason))
      else end('failed', `${killedBy ? `killed by ${killedBy}` : `exit code ${code}`}${said}`)
    })
    stops.stop.addEventListener('abort', onStop)
    stops.kill.addEventListener('abort', onKill)
    if (stops.stop.aborted) onStop()
  })
}

function send(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    // Windows has no groups of processes.
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n|\r/)
    // A program that never ends its line must not fill our memory.
    rest = (lines.pop() ?? '').slice(-10_000)
    for (const line of lines) onLine(line)
  })
  stream?.on('end', () => rest !== '' && onLine(rest))
}
