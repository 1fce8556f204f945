import { VERSION } from '../version.ts'

/** Stored with every diagnosis: one of another engine is computed again. Raise the last number when a rule changes what it says. */
export const ENGINE = `${VERSION}-1`
