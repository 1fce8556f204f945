/** A number as JSON keeps it: NaN and the infinities, which JSON does not know, by name. */
export type StoredNumber = number | 'NaN' | 'Infinity' | '-Infinity'

/** The JSON form of any number. −0 stays a number, and becomes 0 on the way. */
export function toStoredNumber(value: number): StoredNumber {
  return Number.isFinite(value) ? value : (String(value) as StoredNumber)
}

/** The number meant. */
export function fromStoredNumber(value: StoredNumber): number {
  return Number(value)
}

export function isStoredNumber(value: unknown): value is StoredNumber {
  return Number.isFinite(value) || value === 'NaN' || value === 'Infinity' || value === '-Infinity'
}
