import { resolve } from 'node:path'
import { StudyProblem } from '../../core/ablation/study-problem.ts'
import { LossboardError } from '../../core/errors.ts'
import { isPlainObject } from '../../core/plain-json.ts'
import type { JsonObject } from '../../core/run.ts'
import type { StudyPlan } from '../../trainer/ablation/plan-study.ts'
import { applySetting } from '../../trainer/lab/config/apply-setting.ts'
import { fillKinds } from '../../trainer/lab/config/fill-kinds.ts'
import { parseLabConfig } from '../../trainer/lab/config/parse-lab-config.ts'
import type { LabConfig } from '../../trainer/lab/index.ts'
import { readConfig } from '../training/read-config.ts'

/** The lab's config that a study is about: its file (named from the study's folder) or the config itself, changed by the study's `base`. */
export async function labBase(lab: unknown, overrides: unknown, folder: string): Promise<JsonObject> {
  const config = typeof lab === 'string' ? await readConfig(resolve(folder, lab)) : lab
  if (!isPlainObject(config)) throw new StudyProblem('lab must be a config of the lab, or the path of one', ['lab'])
  const base = fillKinds(config) as JsonObject
  if (overrides === undefined) return base
  if (!isPlainObject(overrides)) throw new StudyProblem('base must be the settings to change in the config of the lab', ['base'])
  return mergeLab(base, overrides as JsonObject)
}

/** Merges as the lab's `--set` does: a new `kind` of a part drops the options that only the old one had. */
export function mergeLab(base: JsonObject, changes: JsonObject): JsonObject {
  const settings: [path: string, value: unknown][] = []
  const walk = (value: unknown, there: unknown, path: string) => {
    if (path === '' || (isPlainObject(value) && isPlainObject(there) && Object.keys(value).length > 0)) {
      // A part's kind first: it decides which of the others are there.
      const entries = Object.entries(value as object).sort(([a], [b]) => Number(b === 'kind') - Number(a === 'kind'))
      for (const [key, item] of entries) walk(item, valueAt(there, key), path === '' ? key : `${path}.${key}`)
    } else settings.push([path, value])
  }
  walk(changes, base, '')
  let config: unknown = base
  for (const [path, value] of settings) config = applySetting(config, path, value).config
  return config as JsonObject
}

function valueAt(there: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((place, key) => (isPlainObject(place) ? place[key] : undefined), there)
}

/** Every variant must be a config the lab takes, before the first is trained. */
export function checkLabVariants({ definition }: StudyPlan): void {
  for (const { key, label, config } of definition.variants) {
    try {
      parseLabConfig(config, `"${label}"`)
    } catch (error) {
      if (error instanceof LossboardError)
        throw new StudyProblem(error.message, key === 'base' ? ['lab'] : [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)])
      throw error
    }
  }
}

/** Trains a cell with the lab. TensorFlow.js is loaded once, when the first cell needs it. */
export async function trainLabCell(config: object, run: unknown, location: string): Promise<void> {
  const { trainLab } = await import('../../trainer/lab/index.ts')
  await trainLab(config as LabConfig, { run: run as never, dir: location })
}
