import type { Json } from '../../../core/run.ts'
import { invalidPreprocessing } from './invalid-preprocessing.ts'

/** Doubles as JSON, exactly and compactly: base64 of their little-endian bytes. */
export function storeDoubles(values: Float64Array): string {
  const bytes = Buffer.alloc(values.length * 8)
  for (let i = 0; i < values.length; i++) bytes.writeDoubleLE(values[i]!, i * 8)
  return bytes.toString('base64')
}

/** The doubles again; throws when they are not `length` many. */
export function readDoubles(stored: Json | undefined, length: number, field: string): Float64Array {
  const bytes = Buffer.from(typeof stored === 'string' ? stored : '', 'base64')
  if (typeof stored !== 'string' || bytes.length !== length * 8) throw invalidPreprocessing(`${field} must hold ${length} doubles in base64`)
  return Float64Array.from({ length }, (_, i) => bytes.readDoubleLE(i * 8))
}
