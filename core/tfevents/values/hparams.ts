import type { Json, JsonObject } from '../../run.ts'
import type { SummaryValue, TagMetadata } from '../summary.ts'
import { WireReader } from '../wire.ts'
import { type Converted, kept } from './draft.ts'

const SUCCESS = 1
const FAILURE = 2

/** Hyperparameters live in the metadata of their tag, not in its value. */
export function readHparams(value: SummaryValue, metadata: TagMetadata): Converted {
  // Each value of this plugin has its own contents: the first metadata of the tag does not stand for later ones.
  const fields = new WireReader((value.metadata ?? metadata).content)
  let converted: Converted | null = null
  while (fields.next()) {
    if (fields.field === 1) {
      const version = fields.int32()
      if (version !== 0) return kept(value, metadata.plugin, `hyperparameters of version ${version}`)
    } else if (fields.field === 2) converted = readExperiment(fields.message())
    else if (fields.field === 3) converted = readSessionStart(fields.message())
    else if (fields.field === 4) converted = readSessionEnd(fields.message())
    else fields.skip()
  }
  return converted ?? kept(value, metadata.plugin, 'no hyperparameters')
}

function readSessionStart(fields: WireReader): Converted {
  const config: JsonObject = {}
  let group: string | null = null
  while (fields.next()) {
    if (fields.field === 1) {
      const entry = fields.message()
      let name = ''
      let setting: Json = null
      while (entry.next()) {
        if (entry.field === 1) name = entry.string()
        else if (entry.field === 2) setting = readJson(entry.message(), 0)
        else entry.skip()
      }
      config[name] = setting
    } else if (fields.field === 4) group = fields.string() || null
    else fields.skip()
  }
  return { type: 'session-start', config, group }
}

/** Deeper nesting is no setting but an attack on the stack. */
const DEPTH_MAX = 50

/** `google.protobuf.Value`. */
function readJson(fields: WireReader, depth: number): Json {
  let value: Json = null
  while (fields.next()) {
    if (fields.field === 2) value = stored(fields.double())
    else if (fields.field === 3) value = fields.string()
    else if (fields.field === 4) value = fields.bool()
    else if (fields.field === 5 && depth < DEPTH_MAX) value = readStruct(fields.message(), depth + 1)
    else if (fields.field === 6 && depth < DEPTH_MAX) value = readList(fields.message(), depth + 1)
    else fields.skip()
  }
  return value
}

const stored = (number: number): Json => (Number.isFinite(number) ? number : String(number))

function readStruct(fields: WireReader, depth: number): JsonObject {
  const object: JsonObject = {}
  while (fields.next()) {
    if (fields.field !== 1) {
      fields.skip()
      continue
    }
    const entry = fields.message()
    let name = ''
    let value: Json = null
    while (entry.next()) {
      if (entry.field === 1) name = entry.string()
      else if (entry.field === 2) value = readJson(entry.message(), depth)
      else entry.skip()
    }
    object[name] = value
  }
  return object
}

function readList(fields: WireReader, depth: number): Json[] {
  const list: Json[] = []
  while (fields.next()) {
    if (fields.field === 1) list.push(readJson(fields.message(), depth))
    else fields.skip()
  }
  return list
}

function readSessionEnd(fields: WireReader): Converted {
  let status = 0
  while (fields.next()) {
    if (fields.field === 1) status = fields.int32()
    else fields.skip()
  }
  return { type: 'session-end', status: status === SUCCESS ? 'finished' : status === FAILURE ? 'failed' : 'running' }
}

function readExperiment(fields: WireReader): Converted {
  const facts: { [key: string]: Json } = {}
  const hparams: Json[] = []
  const metrics: string[] = []
  while (fields.next()) {
    if (fields.field === 1) facts.description = fields.string()
    else if (fields.field === 2) facts.user = fields.string()
    else if (fields.field === 4) hparams.push(readName(fields.message()))
    else if (fields.field === 5) {
      const metric = fields.message()
      while (metric.next()) {
        if (metric.field === 1) metrics.push(readMetricName(metric.message()))
        else metric.skip()
      }
    } else fields.skip()
  }
  return { type: 'experiment', facts: { ...facts, hparams, metrics }, metrics }
}

function readName(fields: WireReader): string {
  let name = ''
  while (fields.next()) {
    if (fields.field === 1) name = fields.string()
    else fields.skip()
  }
  return name
}

/** Group (a folder below the session) and tag. */
function readMetricName(fields: WireReader): string {
  let tag = ''
  while (fields.next()) {
    if (fields.field === 2) tag = fields.string()
    else fields.skip()
  }
  return tag
}
