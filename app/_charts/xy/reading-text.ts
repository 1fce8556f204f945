import { formatDuration } from '../../../core/format-duration.ts'
import { formatCount, formatNumber } from '../../../core/format-number.ts'
import { wallParts } from '../../../core/tick-text.ts'
import type { Reading } from './nearest.ts'
import type { XyData } from './xy-data.ts'

/** The x of the crosshair in words: `step 1,200`, `epoch 3.5`, `12m 05s`. */
export function xText(data: XyData, x: number): string {
  if (data.x.kind === 'step') return `step ${formatCount(x)}`
  if (data.x.kind === 'relative') return `${formatDuration(x)} since start`
  if (data.x.kind === 'wall') return `${wallParts(x).date} ${wallParts(x).clock}`
  return `${data.x.name} ${formatNumber(x)}`
}

/** When a reading was logged: since the run's start where that is known, else the time of day. */
export function timeText(reading: Reading): string {
  if (!Number.isFinite(reading.wall)) return ''
  const { startedAt } = reading.line
  return startedAt === undefined ? wallParts(reading.wall).clock : formatDuration(reading.wall - startedAt)
}

export function valueText(value: number | null): string {
  return value === null ? '' : formatNumber(value, 5)
}

export function rawText(reading: Reading): string {
  if (reading.nonFinite) return { NaN: 'NaN', '+Inf': 'Inf', '-Inf': '-Inf' }[reading.nonFinite]
  return `${valueText(reading.raw)}${bandText(reading)}`
}

/** ` [0.81, 0.87] n 5` beside a mean. */
function bandText({ line: { band }, x }: Reading): string {
  const at = band ? band.x.indexOf(x) : -1
  if (!band || at < 0) return ''
  const interval = Number.isNaN(band.low[at]) ? '' : ` [${valueText(band.low[at]!)}, ${valueText(band.high[at]!)}]`
  return `${interval} n ${band.n[at]}`
}

/** One sentence for screen readers: the first five readings. */
export function spokenReadings(data: XyData, x: number, list: Reading[]): string {
  const parts = list
    .slice(0, 5)
    .map((reading) => `${reading.line.label} ${rawText(reading)}${reading.smoothed === null ? '' : `, smoothed ${valueText(reading.smoothed)}`}`)
  const more = list.length > 5 ? `; and ${list.length - 5} more` : ''
  return `${xText(data, x)}: ${parts.join('; ')}${more}`
}

/** Train minus val of the same run at the crosshair; null unless both are there. */
export function generalisationGap(list: Reading[], runId: string): number | null {
  const value = (split: 'train' | 'val') => {
    const reading = list.find(({ line }) => line.runId === runId && line.split === split)
    return reading?.smoothed ?? reading?.raw ?? null
  }
  const train = value('train')
  const val = value('val')
  return train === null || val === null ? null : train - val
}
