import { writeSync } from 'node:fs'

/**
 * A line to the terminal, at once: past the training thread when the worker speaks, past hooks on `process.stderr`, and also while
 * the process exits. Never fails.
 */
export function warn(message: string): void {
  try {
    writeSync(2, `lossboard: ${message}\n`)
  } catch {
    // A closed or full pipe is no reason to disturb training.
  }
}
