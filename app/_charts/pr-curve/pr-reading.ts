import { formatNumber } from '../../../core/format-number.ts'
import { fromStoredNumber } from '../../../core/stored-number.ts'
import { scaleX, scaleY } from '../shapes/plot-axes.ts'
import { averagePrecisionText, type PrScene } from './pr-scene.ts'

/** A point of a curve. */
export interface PrPoint {
  /** Position of the curve, and of the point in it. */
  curve: number
  point: number
}

/** The point nearest to a pixel, over all curves shown; null when they have none. */
export function nearestPoint(scene: PrScene, px: number, py: number): PrPoint | null {
  let best: PrPoint | null = null
  let least = Number.POSITIVE_INFINITY
  for (const curve of scene.data.shown) {
    const { recall, precision } = scene.data.value.curves[curve]!
    recall.forEach((one, point) => {
      const [x, y] = pixelOf(scene, one, precision[point]!)
      const distance = (x - px) ** 2 + (y - py) ** 2
      if (distance >= least) return
      least = distance
      best = { curve, point }
    })
  }
  return best
}

export function pixelOf(scene: PrScene, recall: number, precision: number): [x: number, y: number] {
  return [scaleX(scene.plot, scene.x, recall), scaleY(scene.plot, scene.y, Math.max(scene.y.min, precision))]
}

/** Class, both shares and the threshold that gives them. */
export function prPointText(scene: PrScene, { curve, point }: PrPoint): string[] {
  const { class: name, precision, recall, threshold, averagePrecision, positives } = scene.data.value.curves[curve]!
  return [
    `${name}, ${averagePrecisionText(averagePrecision)}`,
    `precision ${formatNumber(precision[point]!, 5)}`,
    `recall ${formatNumber(recall[point]!, 5)} of ${positives}`,
    `scores from ${formatNumber(fromStoredNumber(threshold[point]!), 5)} up`,
  ]
}

/** Where an arrow key goes: along the curve, or to the curve above or below in the list at about the same recall. */
export function stepPoint(scene: PrScene, key: string, from: PrPoint | null): PrPoint | null {
  const drawn = scene.data.shown.filter((index) => scene.data.value.curves[index]!.recall.length > 0)
  if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key) || drawn[0] === undefined) return null
  if (!from || !drawn.includes(from.curve)) return { curve: drawn[0], point: 0 }
  const { recall } = scene.data.value.curves[from.curve]!
  const last = recall.length - 1
  if (key === 'Home') return { ...from, point: 0 }
  if (key === 'End') return { ...from, point: last }
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    return { ...from, point: Math.min(last, Math.max(0, Math.min(from.point, last) + (key === 'ArrowRight' ? 1 : -1))) }
  const next = drawn[drawn.indexOf(from.curve) + (key === 'ArrowUp' ? -1 : 1)]
  if (next === undefined) return from
  const at = recall[from.point] ?? 0
  const point = scene.data.value.curves[next]!.recall.findIndex((one) => one >= at)
  return { curve: next, point: point < 0 ? scene.data.value.curves[next]!.recall.length - 1 : point }
}
