type AsyncWait = { async: false; value: string } | { async: true; value: Promise<string> }
/** In Node since 16; the type library of ES2023 does not list it yet. */
const { waitAsync } = Atomics as unknown as { waitAsync(words: Int32Array, index: number, value: number, timeoutMs: number): AsyncWait }

/** Resolves when the word no longer holds `value` (its changer notifies) or after `timeoutMs`; the thread's event loop runs meanwhile. */
export async function changed(words: Int32Array, index: number, value: number, timeoutMs: number): Promise<void> {
  const wait = waitAsync(words, index, value, timeoutMs)
  if (wait.async) await wait.value
}

/** Lets timers, child processes and messages have their turn. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
