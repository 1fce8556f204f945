import { statSync } from 'node:fs'
import { LossboardError } from '../../core/errors.ts'
import { detectFormat } from '../../server/importers/detect-format.ts'
import type { Importer } from '../../server/importers/importer.ts'
import { IMPORTERS } from '../../server/importers/registry.ts'
import { noEventFiles, noSuchPath, nothingToImport } from './logs-path.ts'

export interface ChosenImporter {
  importer: Importer
  /** What was found, and why it is taken for that, where there was a choice; null when it was named. */
  say: string | null
}

/** The importer of what lies at a path. `mayCome`: something may be there later, as with --watch. */
export async function chooseImporter(root: string, format: string | undefined, mayCome: boolean): Promise<ChosenImporter> {
  const forced = format === undefined ? null : IMPORTERS.find(({ kind }) => kind === format)!
  const there = statSync(root, { throwIfNoEntry: false })
  if (!there && !mayCome) throw noSuchPath(root)
  if (forced) {
    if ((await forced.detect(root)) === null && (!mayCome || forced.kind !== 'tfevents')) throw await nothingOf(forced, root)
    return { importer: forced, say: null }
  }
  const detected = await detectFormat(root)
  if (detected) {
    const { importer, what, others } = detected
    if (others.length === 0) return { importer, say: `${what} in ${root}` }
    const rest = others.map((other) => `${other.what} (--format ${other.kind})`)
    return { importer, say: `${what} in ${root}; also there, not read: ${rest.join(', ')}` }
  }
  const tfevents = IMPORTERS.find(({ kind }) => kind === 'tfevents')!
  if (mayCome && !there?.isFile()) {
    process.stderr.write(`lossboard: no TensorBoard event file in ${root} yet\n`)
    return { importer: tfevents, say: null }
  }
  throw await nothingToImport(root)
}

async function nothingOf(importer: Importer, root: string): Promise<LossboardError> {
  if (importer.kind === 'tfevents') {
    const { findEventFiles } = await import('../../server/importers/tfevents/find-event-files.ts')
    return noEventFiles(root, await findEventFiles(root))
  }
  const detected = await detectFormat(root)
  const advice = detected
    ? `there ${/^1 /.test(detected.what) ? 'is' : 'are'} ${detected.what}: --format ${detected.importer.kind}`
    : 'leave --format out to see what is there'
  return new LossboardError('not_found', `no ${importer.title} in ${root}; ${advice}`)
}
