import { readFileSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { StudyProblem } from '../../core/ablation/study-problem.ts'
import { isLossboardError, LossboardError } from '../../core/errors.ts'
import { isPlainObject } from '../../core/plain-json.ts'
import { readConfig } from '../training/read-config.ts'

export interface StudyFile {
  /** As named on the command line. */
  path: string
  /** Absolute folder it lies in. */
  folder: string
  study: Record<string, unknown>
  /** Says file and line of an error about the declaration. */
  explain(error: unknown): unknown
}

/**
 * Reads a declared study: YAML, JSON, or the default export of a module.
 * @throws LossboardError `not_found`, `invalid_argument`, `invalid_option`
 */
export async function readStudyFile(path: string): Promise<StudyFile> {
  const study = await readConfig(path)
  if (!isPlainObject(study))
    throw new LossboardError('invalid_option', `${path} holds no study: it must be an object with name, base, seeds, metrics and what is varied`)
  const place = /\.ya?ml$/i.test(extname(path)) ? yamlPlaces(path) : () => ''
  return {
    path,
    folder: dirname(resolve(path)),
    study,
    explain(error) {
      if (!isLossboardError(error)) return error
      const at = error instanceof StudyProblem ? place(error.at) : ''
      return new LossboardError(error.code, `${path}${at}: ${error.message}`, { cause: error })
    },
  }
}

/** `:LINE:COLUMN` of a key, or of the nearest one above it that is in the file. */
function yamlPlaces(path: string): (at: readonly string[]) => string {
  return (at) => {
    const lines = new LineCounter()
    const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
    for (let depth = at.length; depth > 0; depth--) {
      const node = document.getIn(at.slice(0, depth), true)
      if (!isNode(node) || !node.range) continue
      const { line, col } = lines.linePos(node.range[0])
      return `:${line}:${col}`
    }
    return ''
  }
}
