import type { Json } from '../run.ts'
import { checkArray, checkCounts, checkLine, checkObject, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import type { ConfusionMatrixValue } from './values.ts'

const KIND = 'confusion-matrix'
/** Classes: more make a picture nobody can read, and a payload of a million counts. */
const CLASSES_MAX = 1000

function checkConfusionMatrix(value: unknown): ConfusionMatrixValue {
  const fields = checkObject(KIND, value)
  const classes = checkArray(KIND, 'classes', fields.classes).map((name, index) => checkLine(KIND, `classes[${index}]`, name))
  if (classes.length < 1 || classes.length > CLASSES_MAX) throw invalid(KIND, `1 to ${CLASSES_MAX} classes are possible, got ${classes.length}`)
  const rows = checkArray(KIND, 'counts', fields.counts).map((row, index) => checkCounts(KIND, `counts[${index}]`, row))
  const odd = rows.find((row) => row.length !== classes.length)
  if (rows.length !== classes.length || odd)
    throw invalid(KIND, `${classes.length} classes need ${classes.length} × ${classes.length} counts, got ${describe(odd ?? rows)}`)
  const unplaced = checkCounts(KIND, 'unplaced', fields.unplaced)
  if (unplaced.length !== classes.length)
    throw invalid(KIND, `${classes.length} classes need ${classes.length} unplaced counts, got ${unplaced.length}`)
  return {
    split: fields.split === null || fields.split === undefined ? null : checkLine(KIND, 'split', fields.split),
    classes,
    counts: rows,
    unplaced,
  }
}

export const confusionMatrixKind: RecordKind<ConfusionMatrixValue> = {
  kind: KIND,
  check: checkConfusionMatrix,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkConfusionMatrix(payload),
  summarise: ({ classes, counts, unplaced, split }) => {
    const missing = sum(unplaced)
    const total = sum(counts.flat()) + missing
    const right = sum(counts.map((row, index) => row[index] ?? 0))
    const odd = missing > 0 ? `, ${missing} without a prediction` : ''
    return `${split === null ? '' : `${split}: `}${right} of ${total} right, ${classes.length} classes${odd}`
  },
}

function sum(counts: number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
