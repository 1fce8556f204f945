import { dirname, join, sep } from 'node:path'
import { KINDS } from '../../../core/kinds/registry.ts'
import type { Json, JsonObject } from '../../../core/run.ts'
import type { NewRecord } from '../../../db/store.ts'
import type { RunIntake } from '../intake/run-intake.ts'
import { parseLenient } from '../lenient-json.ts'
import { alertRecord } from '../records/alert-record.ts'
import { histogramRecord, imageRecord, textRecord } from '../records/media-records.ts'
import type { WandbItem, WandbRecord, WandbRun } from './records.ts'

interface Place {
  file: string
  place: string
}

/** What W&B adds to every row. */
const OWN_KEYS = new Set(['_step', '_runtime', '_timestamp', '_wandb'])
const LEFT_OUT_SHOWN = 5

/** Takes the records of one W&B run, in their order. */
export class WandbRunFile {
  private step = 0
  private wall: number | null = null
  private readonly open = { stdout: '', stderr: '' }
  private line = 0
  private readonly leftOut = new Map<string, { count: number; first: string[] }>()

  constructor(
    private readonly run: RunIntake,
    /** Path of the log: media lie beside it. */
    private readonly path: string,
    private readonly startedAt: number,
  ) {}

  take(record: WandbRecord, place: Place): void {
    switch (record.type) {
      case 'history':
        this.history(record, place)
        break
      case 'summary':
        this.run.change({ summary: updated(this.run.facts.summary, record) })
        break
      case 'config':
        this.run.change({ config: updated(this.run.facts.config, record) })
        break
      case 'stats':
        this.stats(record)
        break
      case 'output':
        this.output(record)
        break
      case 'exit':
        this.exit(record.code)
        break
      case 'alert':
        this.run.record(alertRecord(record, this.step, this.wall ?? this.startedAt))
        break
      case 'environment':
        this.environment(record.facts)
        break
      case 'other':
        this.leave(record.name, '')
    }
  }

  /** At the end of the file: what was left out, by what it is. */
  tellLeftOut(file: string): void {
    for (const [what, { count, first }] of this.leftOut) {
      const names = first.filter((name) => name !== '')
      const shown = names.length > 0 ? ` (${names.join(', ')}${count > names.length ? ', …' : ''})` : ''
      this.run.note('skipped', `${count} ${what}${shown}: not imported`, { file, place: 'in all' })
    }
  }

  private history({ step, items }: Extract<WandbRecord, { type: 'history' }>, place: Place): void {
    const row = nested(items)
    const at = step ?? (typeof row._step === 'number' ? row._step : this.step)
    this.step = at
    if (typeof row._timestamp === 'number') this.wall = row._timestamp * 1000
    for (const [key, value] of Object.entries(row)) if (!OWN_KEYS.has(key)) this.value(key, value, place)
  }

  private value(name: string, value: unknown, place: Place): void {
    const { run, step, wall } = this
    if (typeof value === 'number' || typeof value === 'boolean' || value === 'NaN' || value === 'Infinity' || value === '-Infinity') {
      if (!run.point(name, step, wall, Number(value))) run.badStep(step, place)
      return
    }
    if (typeof value === 'string') this.content(name, textRecord(value))
    if (typeof value !== 'object' || value === null) return
    const fields = value as Record<string, unknown>
    const type = fields._type
    if (type === undefined && !Array.isArray(value)) {
      // W&B joins the keys of nested objects with a dot.
      for (const [key, inner] of Object.entries(fields)) this.value(`${name}.${key}`, inner, place)
    } else if (type === 'histogram') this.made(name, histogramRecord(fields), place)
    else if (type === 'image-file') this.image(name, String(fields.path), fields, fields.caption, place)
    else if (type === 'images/separated' && Array.isArray(fields.filenames))
      for (const [index, path] of fields.filenames.entries())
        this.image(`${name}/${index}`, String(path), fields, (fields.captions as unknown[] | undefined)?.[index], place)
    else this.leave(typeof type === 'string' ? `of type ${type}` : 'lists of values', name)
  }

  private image(name: string, path: string, size: Record<string, unknown>, caption: unknown, place: Place): void {
    const folder = join(dirname(this.path), 'files')
    const file = join(folder, path)
    // A path in a file of somebody else reads nothing but what lies beside it.
    if (!file.startsWith(folder + sep)) this.run.note('skipped', `${name}: its file lies outside of the run`, place)
    else this.made(name, imageRecord(file, { width: size.width, height: size.height }, caption), place)
  }

  private made(name: string, content: ReturnType<typeof histogramRecord>, place: Place): void {
    if (typeof content === 'string') this.run.note('skipped', `${name}: ${content}`, place)
    else this.content(name, content)
  }

  private content(name: string, content: Pick<NewRecord, 'kind' | 'payload' | 'blob' | 'blobType'>): void {
    this.run.record({ name, step: this.step, wall: this.wall ?? this.startedAt, ...content })
  }

  /** Load of the machine: a step for each second since the start, as our own runs have it. */
  private stats({ at, items }: Extract<WandbRecord, { type: 'stats' }>): void {
    const step = at === null ? 0 : Math.max(0, Math.round((at - this.startedAt) / 1000))
    for (const { path, json } of items) {
      const value = parseLenient(json)
      if (typeof value === 'number') this.run.point(`system/${path.join('.')}`, step, at, value)
    }
  }

  /** Whole lines make a record each; what comes after the last line end waits for it. */
  private output({ stream, at, text }: Extract<WandbRecord, { type: 'output' }>): void {
    const whole = this.open[stream] + text
    const end = whole.lastIndexOf('\n') + 1
    this.open[stream] = whole.slice(end)
    if (end > 0) this.lines(stream, whole.slice(0, end), at ?? this.startedAt)
  }

  private lines(stream: 'stdout' | 'stderr', text: string, wall: number): void {
    const payload = KINDS.console.encode({ stream, text, skippedLines: 0 }).payload
    this.run.record({ name: `console/${stream}`, kind: 'console', step: this.line, wall, payload })
    this.line += text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  }

  private exit(code: number): void {
    for (const stream of ['stdout', 'stderr'] as const)
      if (this.open[stream] !== '') this.lines(stream, `${this.open[stream]}\n`, this.wall ?? this.startedAt)
    this.run.change(code === 0 ? { status: 'finished', statusReason: null } : { status: 'failed', statusReason: `exit code ${code}` })
  }

  private environment({ os, python, host, user, gpu, program }: Record<string, string>): void {
    const { environment } = this.run.facts
    this.run.change({
      environment: {
        ...environment,
        ...(os && { os }),
        ...(python && { python }),
        ...(host && { host }),
        ...(user && { user }),
        ...(program && { command: program }),
        ...(gpu && { gpu: [gpu] }),
      },
    })
  }

  private leave(what: string, name: string): void {
    const entry = this.leftOut.get(what) ?? { count: 0, first: [] }
    entry.count++
    if (entry.first.length < LEFT_OUT_SHOWN && !entry.first.includes(name)) entry.first.push(name)
    this.leftOut.set(what, entry)
  }
}

/** What the record of a run says. */
export function wandbFacts(run: WandbRun) {
  const { config } = { config: updated({}, { update: run.config, remove: [] }) }
  return {
    name: run.name || null,
    project: run.project || null,
    group: run.group || null,
    jobType: run.jobType || null,
    tags: run.tags,
    notes: run.notes,
    startedAt: run.startedAt,
    config,
    seed: typeof config.seed === 'number' && Number.isSafeInteger(config.seed) ? config.seed : null,
    environment: {
      writer: 'W&B offline run',
      ...(run.host && { host: run.host }),
      ...(run.commit && { git: { commit: run.commit, dirty: false, ...(run.remote && { remote: run.remote }) } }),
    },
  }
}

function updated(before: JsonObject, { update, remove }: { update: WandbItem[]; remove: WandbItem[] }): JsonObject {
  const after = structuredClone(before)
  for (const { path, json } of update) if (path[0] !== '_wandb') place(after, path, parseLenient(json) as Json)
  for (const { path } of remove) if (path.length === 1) delete after[path[0]!]
  return after
}

function nested(items: WandbItem[]): Record<string, unknown> {
  const row: JsonObject = {}
  for (const { path, json } of items) place(row, path, parseLenient(json) as Json)
  return row
}

function place(into: JsonObject, path: string[], value: Json): void {
  let object = into
  for (const key of path.slice(0, -1)) {
    const inner = Object.hasOwn(object, key) ? object[key] : undefined
    const next: JsonObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {}
    define(object, key, next)
    object = next
  }
  define(object, path.at(-1) ?? '', value)
}

/** Also for a key like `__proto__`. */
function define(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
}
