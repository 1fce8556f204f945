import type { ModelValue } from '../../core/kinds/values.ts'
import { ratioHistogram, updateRatio } from '../../core/update-ratio.ts'
import { type RecordValue, record } from '../record-value.ts'
import type { LoggingRun } from './logging-run.ts'
import type { WeightMeasurement } from './measurement.ts'

/** Turns measurements into metrics. A ratio over a kernel that is all 0 does not exist and is left out; NaN and Infinity are logged. */
export function logMeasurements(run: LoggingRun, step: number, measurements: WeightMeasurement[]): void {
  const values: Record<string, number | RecordValue> = {}
  let globalSquares = 0
  let gradients = 0
  let weightSquares = 0
  let kernels = 0
  for (const { label, isKernel, squares, slots, lostShare, gradientSquares } of measurements) {
    const ratio = squares && updateRatio(squares)
    if (squares) {
      weightSquares += squares.weightSquares
      kernels++
    }
    if (ratio !== null) values[`update-ratio/${label}`] = ratio
    if (slots) values[`update-ratio-histogram/${label}`] = record('histogram', ratioHistogram(slots))
    if (lostShare !== null) values[`lost-update/${label}`] = lostShare
    if (gradientSquares === null) continue
    if (isKernel) values[`gradient-norm/${label}`] = Math.sqrt(gradientSquares)
    globalSquares += gradientSquares
    gradients++
  }
  if (gradients > 0) values['gradient-norm/global'] = Math.sqrt(globalSquares)
  if (kernels > 0) values['weight-norm/global'] = Math.sqrt(weightSquares)
  if (Object.keys(values).length > 0) run.log(values, step)
}

export function modelRecord(table: ModelValue): Record<string, RecordValue> {
  return { model: record('model', table) }
}
