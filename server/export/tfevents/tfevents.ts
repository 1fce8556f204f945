import { flattenConfig } from '../../../core/config-diff.ts'
import type { Run } from '../../../core/run.ts'
import { SESSION_START } from '../../../core/tfevents/event.ts'
import { eventSeconds } from '../../../core/tfevents/write/event-time.ts'
import { RecordFrames } from '../../../core/tfevents/write/frame-record.ts'
import { scalarValue, sessionEndValue, sessionStartValue } from '../../../core/tfevents/write/values.ts'
import { WireWriter } from '../../../core/tfevents/write/wire-writer.ts'
import type { ExportFormat, ExportSource } from '../export-format.ts'
import { recordField } from './record-value.ts'

const PIECE_BYTES = 2 ** 18
const WALL = 1
const STEP = 2
const VERSION = 3
const SUMMARY = 5
const SESSION_LOG = 7

class EventWriter {
  private readonly frames = new RecordFrames()
  private readonly event = new WireWriter()

  /** Appends an event with one field more than its time and step. Times are ms since epoch. */
  add(wall: number, step: number, field: number, bytes: Uint8Array): void {
    this.event.clear().double(WALL, eventSeconds(wall))
    if (step !== 0) this.event.int64(STEP, step)
    this.frames.add(this.event.data(field, bytes).done())
  }

  *pieces(least: number): Generator<Uint8Array> {
    if (this.frames.size > least) yield this.frames.take()
  }
}

async function* write(runs: AsyncIterable<ExportSource>): AsyncGenerator<Uint8Array> {
  for await (const source of runs) yield* writeRun(source)
}

/**
 * One run as one event file. Superseded points come first, and a start of a session at their lowest step takes them back: that is how such files tell
 * of a restart.
 */
async function* writeRun(source: ExportSource): AsyncGenerator<Uint8Array> {
  const { run } = source
  const writer = new EventWriter()
  writer.add(run.startedAt, 0, VERSION, new TextEncoder().encode('brain.Event:2'))
  const named = new Set<string>()
  const session = new WireWriter().int64(1, SESSION_START).done()
  let lowest = Number.POSITIVE_INFINITY
  if (source.all) {
    writer.add(run.startedAt, 0, SESSION_LOG, session)
    for await (const step of scalars(source, writer, named, true)) {
      lowest = Math.min(lowest, step)
      yield* writer.pieces(PIECE_BYTES)
    }
    if (lowest < Number.POSITIVE_INFINITY) writer.add(run.startedAt, lowest, SESSION_LOG, session)
  }
  // After the restart, which would take it back as well.
  const config = flattenConfig(run.config)
  writer.add(run.startedAt, 0, SUMMARY, inSummary(sessionStartValue(config, run.group, run.startedAt)))
  for await (const _ of scalars(source, writer, named, false)) yield* writer.pieces(PIECE_BYTES)
  yield* records(source, writer)
  const ended = endOf(run)
  if (ended) writer.add(ended.at, 0, SUMMARY, inSummary(sessionEndValue(ended.status, ended.at)))
  yield* writer.pieces(0)
  if (config.size > 0 && [...config.values()].some((value) => value === null || typeof value === 'object'))
    source.tell('lists and nulls of the config are text in a TensorBoard event file')
}

/** Writes the numbers, the superseded ones or the others; gives the lowest step of each batch. */
async function* scalars(source: ExportSource, writer: EventWriter, named: Set<string>, superseded: boolean): AsyncGenerator<number> {
  for await (const { summary, batches } of source.series) {
    for await (const { step, wall, value, superseded: marks } of batches) {
      let lowest = Number.POSITIVE_INFINITY
      for (let i = 0; i < step.length; i++) {
        if ((marks?.[i] === 1) !== superseded) continue
        const message = scalarValue(summary.name, value[i]!, !named.has(summary.name))
        named.add(summary.name)
        writer.add(wall[i]!, step[i]!, SUMMARY, inSummary(message))
        lowest = Math.min(lowest, step[i]!)
      }
      yield lowest
    }
  }
}

async function* records(source: ExportSource, writer: EventWriter): AsyncGenerator<Uint8Array> {
  const left = new Map<string, number>()
  const lost = new Set<string>()
  for await (const record of source.records) {
    const made = await recordField(record, (hash) => source.blob(hash))
    if ('none' in made) left.set(made.none, (left.get(made.none) ?? 0) + 1)
    else {
      writer.add(record.wall, record.step, made.field, made.bytes)
      if (made.lost !== undefined) lost.add(made.lost)
      yield* writer.pieces(PIECE_BYTES)
    }
  }
  for (const [kind, count] of left)
    source.tell(`${count} ${kind} ${count === 1 ? 'record is' : 'records are'} not in a TensorBoard event file, which knows none`)
  for (const what of lost) source.tell(`${what} are not in a TensorBoard event file`)
}

const inSummary = (value: WireWriter) => new WireWriter().message(1, value).done()

/** TensorBoard knows success and failure; a run that goes on has no end. */
function endOf({ status, endedAt, heartbeatAt }: Run): { status: 'finished' | 'failed'; at: number } | null {
  if (status === 'running') return null
  return { status: status === 'finished' ? 'finished' : 'failed', at: endedAt ?? heartbeatAt }
}

/** A TensorBoard event file for each run: scalars in double precision, histograms, images, text, sound, and the config as hyperparameters. */
export const tfeventsFormat: ExportFormat = {
  id: 'tfevents',
  contentType: 'application/octet-stream',
  joinsRuns: false,
  // TensorBoard reads files that have `tfevents` in their names.
  fileName: (name, run) => `events.out.tfevents.${Math.floor((run?.startedAt ?? 0) / 1000)}.${name}`,
  write,
}
