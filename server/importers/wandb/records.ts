import { WireReader } from '../../../core/tfevents/wire.ts'

/** The parts of W&B's protocol buffers that are read; other fields are skipped. Times are ms since epoch. */
export type WandbRecord =
  | { type: 'run'; run: WandbRun }
  | { type: 'config'; update: WandbItem[]; remove: WandbItem[] }
  | { type: 'summary'; update: WandbItem[]; remove: WandbItem[] }
  | { type: 'history'; step: number | null; items: WandbItem[] }
  | { type: 'stats'; at: number | null; items: WandbItem[] }
  | { type: 'output'; stream: 'stdout' | 'stderr'; at: number | null; text: string }
  | { type: 'exit'; code: number }
  | { type: 'metric'; name: string; glob: string; step: string; goal: 'min' | 'max' | null }
  | { type: 'alert'; title: string; text: string; level: string }
  | { type: 'environment'; facts: Record<string, string> }
  /** Understood, and nothing in it that is wanted. */
  | { type: 'none' }
  | { type: 'other'; name: string }

export interface WandbItem {
  /** Nested keys, outermost first. */
  path: string[]
  json: string
}

export interface WandbRun {
  id: string
  project: string
  name: string
  group: string
  jobType: string
  notes: string
  tags: string[]
  host: string
  startedAt: number | null
  config: WandbItem[]
  commit: string
  remote: string
}

const OTHERS: Record<number, string> = { 8: 'artifact', 9: 'TensorBoard link', 25: 'used artifact' }
/** Header, footer, files, telemetry, requests and the like: about the log, not about the run. */
const SILENT = new Set([1, 6, 11, 16, 19, 20, 21, 22, 23, 24, 27, 100, 200])

export function readWandbRecord(bytes: Uint8Array): WandbRecord {
  const fields = new WireReader(bytes)
  let record: WandbRecord = { type: 'none' }
  while (fields.next()) {
    const { field } = fields
    if (field === 2) record = readHistory(fields.message())
    else if (field === 3) record = { type: 'summary', ...readUpdate(fields.message()) }
    else if (field === 4 || field === 13) record = readOutput(fields.message())
    else if (field === 5) record = { type: 'config', ...readUpdate(fields.message()) }
    else if (field === 7) record = readStats(fields.message())
    else if (field === 10) record = readAlert(fields.message())
    else if (field === 12) record = readMetric(fields.message())
    else if (field === 17) record = { type: 'run', run: readRun(fields.message()) }
    else if (field === 18) record = readExit(fields.message())
    else if (field === 26) record = readEnvironment(fields.message())
    else {
      fields.skip()
      if (!SILENT.has(field)) record = { type: 'other', name: OTHERS[field] ?? `field ${field}` }
    }
  }
  return record
}

function readItem(fields: WireReader): WandbItem {
  let key = ''
  const nested: string[] = []
  let json = 'null'
  while (fields.next()) {
    if (fields.field === 1) key = fields.string()
    else if (fields.field === 2) nested.push(fields.string())
    else if (fields.field === 16) json = fields.string()
    else fields.skip()
  }
  return { path: nested.length > 0 ? nested : [key], json }
}

function readUpdate(fields: WireReader): { update: WandbItem[]; remove: WandbItem[] } {
  const update: WandbItem[] = []
  const remove: WandbItem[] = []
  while (fields.next()) {
    if (fields.field === 1) update.push(readItem(fields.message()))
    else if (fields.field === 2) remove.push(readItem(fields.message()))
    else fields.skip()
  }
  return { update, remove }
}

function readHistory(fields: WireReader): WandbRecord {
  const items: WandbItem[] = []
  let step: number | null = null
  while (fields.next()) {
    if (fields.field === 1) items.push(readItem(fields.message()))
    else if (fields.field === 2) {
      // A step of 0 is not written.
      step = 0
      const number = fields.message()
      while (number.next()) {
        if (number.field === 1) step = number.int64()
        else number.skip()
      }
    } else fields.skip()
  }
  return { type: 'history', step, items }
}

function readTime(fields: WireReader): number {
  let [seconds, nanos] = [0, 0]
  while (fields.next()) {
    if (fields.field === 1) seconds = fields.int64()
    else if (fields.field === 2) nanos = fields.int32()
    else fields.skip()
  }
  return seconds * 1000 + nanos / 1e6
}

function readStats(fields: WireReader): WandbRecord {
  const items: WandbItem[] = []
  let at: number | null = null
  while (fields.next()) {
    if (fields.field === 2) at = readTime(fields.message())
    else if (fields.field === 3) items.push(readItem(fields.message()))
    else fields.skip()
  }
  return { type: 'stats', at, items }
}

function readOutput(fields: WireReader): WandbRecord {
  let stream: 'stdout' | 'stderr' = 'stderr'
  let at: number | null = null
  let text = ''
  while (fields.next()) {
    if (fields.field === 1) stream = fields.int32() === 1 ? 'stdout' : 'stderr'
    else if (fields.field === 2) at = readTime(fields.message())
    else if (fields.field === 3) text = fields.string()
    else fields.skip()
  }
  return { type: 'output', stream, at, text }
}

function readAlert(fields: WireReader): WandbRecord {
  const alert = { title: '', text: '', level: '' }
  while (fields.next()) {
    if (fields.field === 1) alert.title = fields.string()
    else if (fields.field === 2) alert.text = fields.string()
    else if (fields.field === 3) alert.level = fields.string()
    else fields.skip()
  }
  return { type: 'alert', ...alert }
}

const GOALS: Record<number, 'min' | 'max'> = { 1: 'min', 2: 'max' }

function readMetric(fields: WireReader): WandbRecord {
  const metric = { name: '', glob: '', step: '', goal: null as 'min' | 'max' | null }
  while (fields.next()) {
    if (fields.field === 1) metric.name = fields.string()
    else if (fields.field === 2) metric.glob = fields.string()
    else if (fields.field === 4) metric.step = fields.string()
    else if (fields.field === 8) metric.goal = GOALS[fields.int32()] ?? null
    else fields.skip()
  }
  return { type: 'metric', ...metric }
}

function readRun(fields: WireReader): WandbRun {
  const run: WandbRun = {
    id: '',
    project: '',
    name: '',
    group: '',
    jobType: '',
    notes: '',
    tags: [],
    host: '',
    startedAt: null,
    config: [],
    commit: '',
    remote: '',
  }
  while (fields.next()) {
    if (fields.field === 1) run.id = fields.string()
    else if (fields.field === 3) run.project = fields.string()
    else if (fields.field === 4) run.config = readUpdate(fields.message()).update
    else if (fields.field === 6) run.group = fields.string()
    else if (fields.field === 7) run.jobType = fields.string()
    else if (fields.field === 8) run.name = fields.string()
    else if (fields.field === 9) run.notes = fields.string()
    else if (fields.field === 10) run.tags.push(fields.string())
    else if (fields.field === 13) run.host = fields.string()
    else if (fields.field === 17) run.startedAt = readTime(fields.message())
    else if (fields.field === 21) Object.assign(run, readGit(fields.message()))
    else fields.skip()
  }
  return run
}

function readGit(fields: WireReader): { remote: string; commit: string } {
  const git = { remote: '', commit: '' }
  while (fields.next()) {
    if (fields.field === 1) git.remote = fields.string()
    else if (fields.field === 2) git.commit = fields.string()
    else fields.skip()
  }
  return git
}

function readExit(fields: WireReader): WandbRecord {
  let code = 0
  while (fields.next()) {
    if (fields.field === 1) code = fields.int32()
    else fields.skip()
  }
  return { type: 'exit', code }
}

const FACTS: Record<number, string> = { 1: 'os', 2: 'python', 6: 'program', 12: 'host', 13: 'user', 14: 'executable', 18: 'gpu' }

function readEnvironment(fields: WireReader): WandbRecord {
  const facts: Record<string, string> = {}
  while (fields.next()) {
    const name = FACTS[fields.field]
    if (name) facts[name] = fields.string()
    else fields.skip()
  }
  return { type: 'environment', facts }
}
