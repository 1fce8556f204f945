import { createHash } from 'node:crypto'
import type { FindingValue } from '../../../core/kinds/values.ts'
import type { JsonObject } from '../../../core/run.ts'
import type { BatchSource } from '../data/batch-source.ts'
import { type InputStatistics, inputStatistics } from '../data/input-statistics.ts'
import type { Preprocessing } from './preprocessing.ts'
import { samplePositions } from './sample-positions.ts'

/** What was seen of the rows that a split is fed with. */
export interface AppliedEvidence {
  split: string
  /** Rows looked at: up to 64, drawn at random, the same in every run. */
  rows: number
  /** Fingerprint of the transform that the split says it uses. */
  fingerprint: string
  /** Largest difference between a fed value and what the fitted transform makes of the raw row. Null: other sizes, so nothing to compare. */
  largestDifference: number | null
  /** The rows as they were fed. */
  fed: InputStatistics
  /** The same rows before any transform. */
  raw: InputStatistics
  /** SHA-256 of the fed values as stored in this machine's memory. */
  fedHash: string
}

const ROWS = 64
/** float32 rounding of a value around 1; larger values have a larger one. */
const ROUNDING = 1e-5

/** Looks at the rows a split feeds to the model, and transforms the raw ones once more to compare. */
export function observeApplied(
  split: string,
  fitted: Preprocessing,
  source: Pick<BatchSource, 'n' | 'fingerprint' | 'raw' | 'rows'>,
): AppliedEvidence {
  const positions = samplePositions(source.n, ROWS)
  const raw = source.raw(positions)
  const fed = source.rows(positions).inputs
  return {
    split,
    rows: positions.length,
    fingerprint: source.fingerprint,
    largestDifference: largestDifference(fitted, raw, fed, positions.length),
    fed: inputStatistics(fed, positions.length),
    raw: inputStatistics(raw, positions.length),
    fedHash: createHash('sha256')
      .update(Buffer.from(fed.buffer, fed.byteOffset, fed.byteLength))
      .digest('hex'),
  }
}

/** In units of the larger of 1 and the value itself. */
function largestDifference(fitted: Preprocessing, raw: Float32Array, fed: Float32Array, n: number): number | null {
  let wanted: Float32Array
  try {
    wanted = fitted.apply(raw, n)
  } catch {
    return null
  }
  if (wanted.length !== fed.length) return null
  let largest = 0
  for (let i = 0; i < wanted.length; i++) {
    const [want, got] = [wanted[i]!, fed[i]!]
    if (Object.is(want, got) || want === got) continue
    const difference = Math.abs(want - got) / Math.max(1, Math.abs(want))
    // NaN where a number belongs is as far off as can be.
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference)
  }
  return largest
}

/** A finding when some split was fed with rows that did not go through the transform fitted on the training split, else null. */
export function checkApplied(fitted: Preprocessing, evidence: readonly AppliedEvidence[]): FindingValue | null {
  const wrong = evidence.filter((one) => one.rows > 0 && problemOf(fitted, one) !== null)
  if (wrong.length === 0) return null
  const splits = wrong.map((one) => one.split).join(' and ')
  return {
    code: 'preprocessing-mismatch',
    severity: 'critical',
    title: `The ${splits} inputs did not go through the preprocessing fitted on the training split`,
    detail: `${wrong.map((one) => `${one.split}: ${problemOf(fitted, one)}.`).join(' ')} Metrics of ${splits} say nothing about the model until the same transform (${fitted.kind}) is applied.`,
    evidence: { fitted: fitted.fingerprint, kind: fitted.kind, splits: evidence.map(asJson) },
  }
}

function problemOf(fitted: Preprocessing, { fingerprint, largestDifference: difference, fed, rows }: AppliedEvidence): string | null {
  const had = `fed mean ${figure(fed.mean)}, deviation ${figure(fed.std)} over ${rows} rows`
  if (fingerprint !== fitted.fingerprint)
    return `another transform was used (fingerprint ${fingerprint.slice(0, 12)} instead of ${fitted.fingerprint.slice(0, 12)}; ${had})`
  if (difference === null) return `its rows have another size than the transform gives (${had})`
  if (difference > ROUNDING) return `its rows differ by up to ${figure(difference)} from what the transform gives (${had})`
  return null
}

function figure(value: number | null): string {
  return value === null ? 'none' : String(Number(value.toPrecision(3)))
}

/** JSON has no infinity: a difference that cannot be measured is null there. */
function asJson({ largestDifference: difference, fed, raw, ...rest }: AppliedEvidence): JsonObject {
  return { ...rest, largestDifference: Number.isFinite(difference) ? difference : null, fed: { ...fed }, raw: { ...raw } }
}
