import { basename, extname } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import { isPlainObject } from '../../core/plain-json.ts'
import { applySetting } from '../../trainer/lab/config/apply-setting.ts'
import { labConfigJsonSchema } from '../../trainer/lab/config/json-schema.ts'
import { exampleConfig } from './example-configs.ts'
import { parseFrom, parseSetting } from './parse-arguments.ts'
import { readConfig } from './read-config.ts'
import type { TrainOptions } from './train-options.ts'

export interface GatheredConfig {
  /** As written, with the settings of the command line applied; not checked yet. */
  config: Record<string, unknown>
  /** What to call it in messages. */
  source: string
  /** Short name of it: that of its file. */
  base: string
}

/** The config of a file or example, changed as the command line says. */
export async function gatherConfig(file: string | undefined, options: TrainOptions, note: (text: string) => void): Promise<GatheredConfig> {
  if (file === undefined && options.example === undefined)
    throw new LossboardError('invalid_argument', 'give a config (lossboard train config.yaml), --example NAME or --resume RUN')
  const path = file ?? exampleConfig(options.example ?? '')
  const config = await readConfig(path)
  if (!isPlainObject(config)) throw new LossboardError('invalid_option', `${path} holds no config: it must be an object with data and model`)
  const source = file ?? `example ${options.example}`
  return { config: changed(config, options, note), source, base: basename(path, extname(path)) }
}

/** `--set`, `--from`, `--name` and `--project`, in this order. */
export function changed(config: Record<string, unknown>, options: TrainOptions, note: (text: string) => void): Record<string, unknown> {
  let result: Record<string, unknown> = config
  for (const text of options.set ?? []) {
    const { path, value } = parseSetting(text)
    const applied = applySetting(result, path, value)
    if (applied.dropped.length > 0) note(`${applied.dropped.join(', ')} dropped: not an option of ${String(value)}`)
    result = applied.config as Record<string, unknown>
  }
  const from = options.from === undefined ? undefined : { ...(isPlainObject(result.from) ? result.from : {}), ...parseFrom(options.from) }
  return {
    ...result,
    ...(from && { from }),
    ...(options.name !== undefined && { name: options.name }),
    ...(options.project !== undefined && { project: options.project }),
  }
}

export function printSchema(): void {
  process.stdout.write(`${JSON.stringify(labConfigJsonSchema(), null, 2)}\n`)
}
