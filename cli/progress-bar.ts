import { Presets, SingleBar } from 'cli-progress'

export interface ProgressBar {
  update(value: number): void
  stop(): void
}

/** A bar on stderr, so that stdout stays data; nothing when stderr is no terminal. */
export function progressBar(what: string, total: number, unit: string): ProgressBar {
  if (!process.stderr.isTTY || total === 0) return { update() {}, stop() {} }
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage} %  {value}/{total} ${unit}  {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0)
  return { update: (value) => bar.update(value), stop: () => bar.stop() }
}
