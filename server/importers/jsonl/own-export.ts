import { createHash } from 'node:crypto'
import type { Json, Run } from '../../../core/run.ts'
import { isStoredNumber } from '../../../core/stored-number.ts'
import type { Intake } from '../intake/intake.ts'
import type { RunIntake } from '../intake/run-intake.ts'
import type { SourceFile } from '../intake/source-reader.ts'
import { readLines } from './read-lines.ts'

/** Whether a first line, as keys and values with nested ones joined, is that of our own export. */
export function isOwnHead(row: readonly [string, unknown][]): boolean {
  const keys = new Map(row)
  return keys.get('type') === 'run' && typeof keys.get('run/id') === 'string' && keys.has('superseded_points')
}

interface OwnLine {
  type?: unknown
  run?: Run
  metric?: unknown
  step?: unknown
  wall?: unknown
  value?: unknown
  superseded?: unknown
  name?: unknown
  kind?: unknown
  payload?: unknown
  blob?: unknown
  hash?: unknown
  content_type?: unknown
  base64?: unknown
}

/** Reads an export of this program back: each run with its numbers, records and, where the file has them, their bytes. */
export async function readOwn(file: SourceFile, intake: Intake): Promise<void> {
  const forkSteps = await supersededFrom(file)
  const blobs = new Map<string, { type: string; bytes: Uint8Array }>()
  let run: RunIntake | null = null
  let fileTime = 0
  const missing = new Map<string, number>()
  const tellMissing = () => {
    for (const [kind, count] of missing)
      run?.note(
        'skipped',
        `the bytes of ${count} ${kind} ${count === 1 ? 'record are' : 'records are'} not in the file (lossboard export --blobs writes them)`,
        {
          file: file.name,
        },
      )
    missing.clear()
  }
  for await (const { text, number } of readLines(file.path, (bytes) => intake.settle(bytes))) {
    if (text.trim() === '') continue
    intake.rows++
    const place = { file: file.name, place: `line ${number}` }
    const line = parsed(text)
    if (line?.type === 'run' && line.run) {
      tellMissing()
      blobs.clear()
      run = openRun(intake, line.run, forkSteps.get(line.run.id) ?? null)
      fileTime = line.run.startedAt
    } else if (line === null || run === null) intake.note('skipped', line === null ? 'it is no JSON object' : 'it comes before any run', place)
    else if (line.type === 'point') point(run, line, place)
    else if (line.type === 'blob' && typeof line.hash === 'string' && typeof line.base64 === 'string') {
      const bytes = Buffer.from(line.base64, 'base64')
      if (createHash('sha256').update(bytes).digest('hex') === line.hash)
        blobs.set(line.hash, { type: typeof line.content_type === 'string' ? line.content_type : 'application/octet-stream', bytes })
      else run.note('skipped', 'its bytes are not those that were exported', place)
    } else if (line.type === 'record' && typeof line.name === 'string' && typeof line.kind === 'string' && Number.isSafeInteger(line.step)) {
      const blob = typeof line.blob === 'string' ? blobs.get(line.blob) : undefined
      const payload = line.payload as Json
      const isPruned = typeof payload === 'object' && payload !== null && 'pruned' in payload && payload.pruned === true
      // Its bytes are what such a record is about: without them it would point to nothing.
      if (typeof line.blob === 'string' && !blob && !isPruned) {
        missing.set(line.kind, (missing.get(line.kind) ?? 0) + 1)
        continue
      }
      run.record({
        name: line.name,
        kind: line.kind,
        step: line.step as number,
        wall: typeof line.wall === 'number' ? line.wall : fileTime,
        payload,
        ...(blob && { blob: blob.bytes, blobType: blob.type }),
      })
      if (typeof line.blob === 'string') blobs.delete(line.blob)
    } else run.note('skipped', 'it is neither a run, a point, a record nor bytes', place)
  }
  tellMissing()
}

function openRun(intake: Intake, run: Run, forkStep: number | null): RunIntake {
  const { source: _, ...environment } = run.environment
  const { id, name, project, group, jobType, tags, notes, startedAt, endedAt, status, statusReason, config, summary, seed } = run
  return intake.run(
    id,
    { id, name, project, group, jobType, tags, notes, startedAt, endedAt, status, statusReason, config, summary, environment, seed, forkStep },
    { unique: true },
  )
}

function point(run: RunIntake, { metric, step, wall, value, superseded }: OwnLine, place: { file: string; place: string }): void {
  if (typeof metric !== 'string' || !isStoredNumber(value)) run.note('skipped', 'it has no metric, or a value that is no number', place)
  else if (!run.point(metric, step as number, typeof wall === 'number' ? wall : null, Number(value), superseded === true)) run.badStep(step, place)
}

function parsed(text: string): OwnLine | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

/** Of each run that has superseded numbers, the lowest step of one. */
async function supersededFrom(file: SourceFile): Promise<Map<string, number>> {
  const lowest = new Map<string, number>()
  let id = ''
  for await (const { text } of readLines(file.path)) {
    if (text.startsWith('{"type":"run"')) id = parsed(text)?.run?.id ?? ''
    else if (text.endsWith('"superseded":true}') || text.endsWith('"superseded":true}\r')) {
      const step = Number(parsed(text)?.step)
      lowest.set(id, Math.min(lowest.get(id) ?? Number.POSITIVE_INFINITY, step))
    }
  }
  return lowest
}
