import { formatError } from './format-error.ts'
import { SignalWatch } from './signal-watch.ts'
import { warn } from './warn.ts'

/** What the hooks need of a run. The three `end…` and `abort` hand the end to the worker, unless the run has ended already, and do not block. */
export interface LiveRun {
  readonly name: string
  /** Somebody reads `run.signal`, so a first Ctrl-C is left to the training loop. */
  readonly isSignalWatched: boolean
  abort(signal: NodeJS.Signals): void
  endBySignal(signal: NodeJS.Signals): void
  /** @param crash the last uncaught error, which explains an exit code other than 0 */
  endAtExit(code: number, crash: string | null): void
  /** Blocks until everything is stored, or until `until`; returns the number of points that are not, null when all are. */
  waitStored(until: number): number | null
}

const EXIT_WAIT_MS = 5_000

const live = new Set<LiveRun>()
let crash: string | null = null

/** Watches over a run until `unwatch`: however the process ends, short of a kill, what was logged is stored. */
export function watchExit(run: LiveRun): void {
  if (live.size === 0) {
    process.on('exit', onExit)
    process.on('uncaughtExceptionMonitor', onCrash)
    signals.start()
  }
  live.add(run)
}

export function unwatchExit(run: LiveRun): void {
  if (!live.delete(run) || live.size > 0) return
  process.off('exit', onExit)
  process.off('uncaughtExceptionMonitor', onCrash)
  signals.stop()
}

/** Cheap enough for every `log`: lets Ctrl-C end a loop that never yields. */
export function noteTime(now: number): void {
  if (now > signals.releaseAfter) signals.release()
}

const signals = new SignalWatch({
  isWatched: () => [...live].some((run) => run.isSignalWatched),
  abort: (signal) => {
    for (const run of live) run.abort(signal)
  },
  end: (signal) => {
    for (const run of live) run.endBySignal(signal)
    waitAll()
  },
})

/** An uncaught error or rejection: whether it ends the process, the exit code will tell. */
function onCrash(error: unknown): void {
  crash = formatError(error)
}

function onExit(code: number): void {
  for (const run of live) run.endAtExit(code, crash)
  waitAll()
}

function waitAll(): void {
  const until = Date.now() + EXIT_WAIT_MS
  for (const run of live) {
    const lost = run.waitStored(until)
    if (lost === null) continue
    warn(
      `run ${run.name}: the store took nothing for ${EXIT_WAIT_MS / 1000} s at the end of the process: ${lost} points and the end of the run are lost`,
    )
  }
}
