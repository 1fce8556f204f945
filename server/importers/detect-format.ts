import type { ImportKind } from '../../core/import-source.ts'
import type { Importer } from './importer.ts'
import { IMPORTERS } from './registry.ts'

export interface Detected {
  importer: Importer
  /** What of it is there: `2 CSV files`. */
  what: string
  /** What else is there, of other kinds. */
  others: { kind: ImportKind; what: string }[]
}

/** What a path holds, by what its files are; null when nothing of it can be imported. */
export async function detectFormat(path: string): Promise<Detected | null> {
  const found: { importer: Importer; what: string }[] = []
  for (const importer of IMPORTERS) {
    const source = await importer.detect(path)
    if (source) found.push({ importer, what: source.what })
  }
  const [first, ...rest] = found
  return first ? { ...first, others: rest.map(({ importer, what }) => ({ kind: importer.kind, what })) } : null
}
