type Listener = (...args: unknown[]) => void

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const

/**
 * Runs `load` and takes away the process-wide handlers that the wasm module installs meanwhile. They only rethrow, but their being
 * there changes how the whole process ends: a failing script would no longer run the exit paths its author wrote.
 * Handlers that others add at the same time stay: the module's are told apart by their source.
 */
export async function withoutWasmProcessHandlers<T>(load: () => Promise<T>): Promise<T> {
  const before = new Map(EVENTS.map((event) => [event, new Set(process.listeners(event as 'uncaughtException') as Listener[])]))
  try {
    return await load()
  } finally {
    for (const event of EVENTS)
      for (const listener of process.listeners(event as 'uncaughtException') as Listener[])
        if (!before.get(event)?.has(listener) && isRethrow(listener)) process.removeListener(event, listener)
  }
}

/** Emscripten's `function(ex){if(!(ex instanceof ExitStatus)){throw ex}}` and `function(reason){throw reason}`. */
function isRethrow(listener: Listener): boolean {
  return /^function\s*\((\w+)\)\s*\{\s*(if\s*\(.*ExitStatus\)\)\s*\{?\s*)?throw \1;?\s*\}?\s*\}$/.test(Function.prototype.toString.call(listener))
}
