/**
 * What the demo's training process tells the process that started it: messages over the IPC channel when it was forked, JSON lines on
 * stdout when started with `--json`.
 */
export type DemoMessage =
  | { type: 'start'; device: string; warnings: string[]; runs: { run: string; steps: number }[] }
  | {
      type: 'progress'
      run: string
      /** From 0, and how many runs there are. */
      index: number
      of: number
      step: number
      steps: number
      /** NaN and Infinity as text, since JSON has no such numbers. */
      loss: number | 'NaN' | 'Infinity'
      /** Of the last validation; null before the first. */
      valAccuracy: number | null
      /** Share of the whole demo that is done, 0 to 1. */
      done: number
      secondsLeft: number
    }
  | { type: 'run-finished'; run: string; index: number; of: number; testAccuracy: number; steps: number; seconds: number }
  | { type: 'finished'; seconds: number }
  | { type: 'error'; code: string; message: string }

export type Tell = (message: DemoMessage) => void

export function jsonNumber(value: number): number | 'NaN' | 'Infinity' {
  if (Number.isNaN(value)) return 'NaN'
  return Number.isFinite(value) ? value : 'Infinity'
}
