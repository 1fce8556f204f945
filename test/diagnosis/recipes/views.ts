import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import type { LoggedSeries, RunLog } from '../generator/memory-run.ts'

const METRICS = ['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy']

/** Losses and accuracies once an epoch, by epoch, and nothing from inside: as most people log. */
export function perEpoch(log: RunLog, session: LabSession): RunLog {
  const { stepsPerEpoch } = session.plan
  const series: Record<string, LoggedSeries> = {}
  for (const name of METRICS) {
    const source = log.series[name]
    if (!source) continue
    const means = new Map<number, { sum: number; n: number; wall: number }>()
    source.step.forEach((step, index) => {
      const epoch = Math.floor(step / stepsPerEpoch)
      const mean = means.get(epoch) ?? { sum: 0, n: 0, wall: 0 }
      means.set(epoch, { sum: mean.sum + (source.value[index] as number), n: mean.n + 1, wall: source.wall[index] as number })
    })
    const rows = [...means]
    series[name] = { step: rows.map(([epoch]) => epoch), value: rows.map(([, { sum, n }]) => sum / n), wall: rows.map(([, { wall }]) => wall) }
  }
  return { ...log, series, records: [], summary: {}, config: {} }
}

/** The same under the names that Keras gives. */
export function keras(log: RunLog, session: LabSession): RunLog {
  const { series, ...rest } = perEpoch(log, session)
  const named = Object.entries(series).map(([name, values]) => [name.replace('train/', '').replace('val/', 'val_'), values])
  return { ...rest, series: Object.fromEntries(named) }
}
