import type { Json } from '../run.ts'
import { checkArray, checkBoolean, checkCount, checkLine, checkObject, checkShare, checkStoredNumber, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import type { PrCurve, PrCurveValue } from './values.ts'

const KIND = 'pr-curve'

function checkCurve(value: unknown, index: number): PrCurve {
  const at = `curves[${index}]`
  const fields = checkObject(KIND, value)
  const shares = (field: 'precision' | 'recall') =>
    checkArray(KIND, `${at}.${field}`, fields[field]).map((share, i) => checkShare(KIND, `${at}.${field}[${i}]`, share))
  const precision = shares('precision')
  const recall = shares('recall')
  const threshold = checkArray(KIND, `${at}.threshold`, fields.threshold).map((one, i) => checkStoredNumber(KIND, `${at}.threshold[${i}]`, one))
  if (recall.length !== precision.length || threshold.length !== precision.length)
    throw invalid(KIND, `${at} must have as many recalls and thresholds as precisions: ${precision.length}, ${recall.length}, ${threshold.length}`)
  const drop = recall.findIndex((one, i) => i > 0 && one < (recall[i - 1] as number))
  if (drop > 0) throw invalid(KIND, `${at}: recall must not decrease (highest threshold first), it does at ${drop}`)
  const points = checkCount(KIND, `${at}.points`, fields.points)
  if (points < precision.length) throw invalid(KIND, `${at}.points is ${points}, fewer than the ${precision.length} points given`)
  return {
    class: checkLine(KIND, `${at}.class`, fields.class),
    precision,
    recall,
    threshold,
    averagePrecision: fields.averagePrecision === null ? null : checkShare(KIND, `${at}.averagePrecision`, fields.averagePrecision),
    positives: checkCount(KIND, `${at}.positives`, fields.positives),
    points,
  }
}

function checkPrCurve(value: unknown): PrCurveValue {
  const fields = checkObject(KIND, value)
  const curves = checkArray(KIND, 'curves', fields.curves).map(checkCurve)
  return {
    split: fields.split === null || fields.split === undefined ? null : checkLine(KIND, 'split', fields.split),
    curves,
    examples: checkCount(KIND, 'examples', fields.examples),
    nanScores: checkCount(KIND, 'nanScores', fields.nanScores),
    thinned: checkBoolean(KIND, 'thinned', fields.thinned),
  }
}

export const prCurveKind: RecordKind<PrCurveValue> = {
  kind: KIND,
  check: checkPrCurve,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkPrCurve(payload),
  summarise: ({ split, curves, examples, nanScores, thinned }) => {
    const known = curves.flatMap(({ averagePrecision }) => averagePrecision ?? [])
    const mean = known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : null
    const parts = [
      `${split === null ? '' : `${split}: `}${curves.length} ${curves.length === 1 ? 'curve' : 'curves'} over ${examples} examples`,
      mean === null ? 'no positives' : `average precision ${mean.toFixed(4)}${known.length > 1 ? ` (mean of ${known.length})` : ''}`,
      nanScores > 0 ? `${nanScores} left out (NaN)` : '',
      thinned ? 'thinned' : '',
    ]
    return parts.filter(Boolean).join(', ')
  },
}
