import { readFileSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { kerasMetricName } from '../../core/import/keras-names.ts'
import { numberCell } from '../../core/import/number-cell.ts'
import type { Json, JsonObject } from '../../core/run.ts'
import { findFiles, firstBytes } from './intake/find-files.ts'
import type { Intake } from './intake/intake.ts'
import type { SourceFile, SourceReader } from './intake/source-reader.ts'
import { parseLenient } from './lenient-json.ts'

/** How a history begins: with a list of numbers, or with an object in which they are. Other JSON files are not read whole to find that out. */
const BEGIN = /^\uFEFF?\s*\{\s*"[^"]*"\s*:\s*(\{|\[\s*(-?[\d.]|-?Infinity|NaN|null|"|\]))/
const BEGIN_BYTES = 1_024
/** A history has a few numbers for each epoch; a larger file is something else. */
const BYTES_MAX = 64 * 2 ** 20

interface History {
  /** Metric → value of each epoch. */
  metrics: Record<string, unknown[]>
  /** Number of each epoch, where it is said. */
  epochs: unknown[] | null
  params: JsonObject
}

export const kerasHistoryReader: SourceReader = {
  kind: 'keras-history',
  title: 'Keras and TensorFlow.js history files',
  unit: 'epoch',
  describe: (count) => `${count} ${count === 1 ? 'history' : 'histories'} of Keras or TensorFlow.js`,
  find: async (path) => findFiles(path, (name, file) => /\.json$/i.test(name) && history(file) !== null),
  read,
}

async function read(file: SourceFile, intake: Intake): Promise<void> {
  const found = history(file.path)
  if (found === null) return intake.note('skipped', 'it is no history')
  const { metrics, epochs, params } = found
  const run = intake.run('', { name: basename(file.name, extname(file.name)), config: params })
  const names = Object.keys(metrics).map((name) => (kerasMetricName(name) === name ? `"${name}"` : `"${name}" as ${kerasMetricName(name)}`))
  const steps = epochs ? '"epoch"' : 'the place in the list, from 0'
  intake.reading.push(
    `${file.name}: step: ${steps}, an epoch each`,
    `${file.name}: time: none; the time of the file stands for it`,
    `${file.name}: metrics: ${names.join(', ')}`,
  )
  const length = Math.max(0, ...Object.values(metrics).map((values) => values.length))
  for (let index = 0; index < length; index++) {
    intake.rows++
    const place = { file: file.name, place: `epoch ${index}` }
    const step = epochs ? numberCell(epochs[index]) : index
    if (typeof step !== 'number' || !Number.isSafeInteger(step)) {
      run.badStep(epochs?.[index], place)
      continue
    }
    for (const [name, values] of Object.entries(metrics)) {
      if (index >= values.length) continue
      const value = numberCell(values[index])
      if (typeof value === 'number') run.point(kerasMetricName(name), step, null, value)
      else
        run.note(
          'skipped',
          `${name}: ${values[index] === null ? 'null, which is how JSON writes NaN,' : JSON.stringify(values[index])?.slice(0, 60)} is no number`,
          place,
        )
    }
  }
  await intake.settle()
  await intake.end(run)
}

/** `history.history` of Keras as it is, or inside an object with `history`, `epoch` and `params`, as TensorFlow.js has it. */
function history(path: string): History | null {
  if (!BEGIN.test(firstBytes(path, BEGIN_BYTES).toString())) return null
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > BYTES_MAX) return null
  let whole: unknown
  try {
    whole = parseLenient(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
  if (!isObject(whole)) return null
  const inner = isObject(whole.history) ? whole.history : whole
  const epochs = Array.isArray(whole.epoch) ? whole.epoch : Array.isArray(inner.epoch) ? inner.epoch : null
  const metrics = Object.entries(inner).filter(([name]) => name !== 'epoch')
  if (metrics.length === 0 || !metrics.every(([, values]) => Array.isArray(values) && values.every(isNumberLike))) return null
  return {
    metrics: Object.fromEntries(metrics) as Record<string, unknown[]>,
    epochs,
    params: isObject(whole.params) ? (whole.params as { [key: string]: Json }) : {},
  }
}

const isNumberLike = (value: unknown) => value === null || typeof value === 'number' || (typeof value === 'string' && numberCell(value) !== 'text')
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
