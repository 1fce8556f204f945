import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'
import { importConfig } from './import-config.ts'

const FORMATS = ['.yaml', '.yml', '.json', '.ts', '.mts', '.mjs', '.js']

/**
 * The config in a file, as it is written there: YAML, JSON, or the default export (or the export `config`) of a module.
 * @throws LossboardError `not_found`, `invalid_argument` for another kind of file, `invalid_option` for one that cannot be read
 */
export async function readConfig(path: string): Promise<unknown> {
  const file = resolve(path)
  if (!existsSync(file) || statSync(file).isDirectory()) throw missing(path, file)
  const format = extname(file).toLowerCase()
  if (!FORMATS.includes(format)) throw new LossboardError('invalid_argument', `${path}: a config is a file ending in ${FORMATS.join(', ')}`)
  if (['.yaml', '.yml', '.json'].includes(format)) return parseText(path, readFileSync(file, 'utf8'), format)
  return importConfig(path, file)
}

/** JSON is YAML; read as JSON its errors say less, but nothing that is no JSON gets through. */
function parseText(path: string, text: string, format: string): unknown {
  if (format === '.json') {
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new LossboardError('invalid_option', `${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const document = parseDocument(text)
  const [problem] = document.errors
  if (problem) throw new LossboardError('invalid_option', `${path} is no YAML: ${problem.message.split('\n')[0]?.replace(/:$/, '')}`)
  return document.toJS() as unknown
}

function missing(path: string, file: string): LossboardError {
  const folder = dirname(file)
  const here = existsSync(folder) ? readdirSync(folder).filter((name) => FORMATS.includes(extname(name).toLowerCase())) : []
  const [nearest] = nearMatches(path.split('/').at(-1) ?? path, here, 1)
  return new LossboardError('not_found', `no config at ${file}${nearest ? `: did you mean ${nearest}?` : ''}`)
}
