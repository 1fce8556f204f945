import { relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ERRORS, type ErrorCode, isLossboardError, LossboardError } from '../../core/errors.ts'
import { type JournalFolder, whoWrites } from '../../trainer/journal/journal-folder.ts'
import { JournalUpload } from '../../trainer/journal/journal-upload.ts'
import { pauseAfter } from '../../trainer/journal/live-upload.ts'
import type { Receiver } from '../../trainer/journal/server-client.ts'
import { keptBatches, readKept, scanJournal } from './scan-journal.ts'
import type { JournalReport } from './sync-report.ts'

export interface SyncOptions {
  /** Where to; null: to the server the journal names. */
  target: Receiver | null
  /** True when `target` is a store in a file. */
  intoFile: boolean
  /** The receiver for the server that a journal names; `null`: it names none. */
  receiverFor(url: string | null): Receiver | null
  dryRun: boolean
  /** Also journals that a living process writes (they are only read), and those of which another server has the beginning. */
  force: boolean
  /** Leave the journal where it is. */
  keep: boolean
  onProgress(done: number, total: number): void
}

/** A server that has answered once may be gone for so long before this gives up. */
const PATIENCE_MS = 60_000
const TRIES_BEFORE_FIRST_ANSWER = 3
const SAVE_MS = 1_000

/** Brings one journal to where it belongs. Trouble is in the report. */
export async function syncJournal(folder: JournalFolder, options: SyncOptions): Promise<JournalReport> {
  const report: JournalReport = {
    journal: relative(process.cwd(), folder.path) || folder.path,
    writer: null,
    run: null,
    to: null,
    status: 'failed',
    notes: [],
    code: null,
    content: null,
    sent: { batches: 0, points: 0, records: 0 },
  }
  try {
    await sync(folder, options, report)
  } catch (error) {
    if (!isLossboardError(error)) throw error
    report.code = error.code
    report.notes.push(error.message)
  }
  return report
}

async function sync(folder: JournalFolder, options: SyncOptions, report: JournalReport): Promise<void> {
  const opening = folder.readOpening()
  const { writer, id, name, project } = opening.run
  Object.assign(report, { writer, run: { id, name: name ?? null, project }, to: null })
  const living = whoWrites(folder, opening, Date.now())
  if (living && !options.force) {
    report.status = 'skipped'
    report.notes.push(`${living}, and sends it by itself; --force sends what is there now`)
    return
  }
  const receiver = options.target ?? options.receiverFor(opening.url)
  if (!receiver) throw new LossboardError('invalid_option', 'it names no server: give --url ADDRESS, or --into runs.db')
  report.to = receiver.name
  // What was acknowledged was so by the server it names; any other has nothing of it.
  const confirmed = folder.readAcknowledged()
  const elsewhere = options.intoFile || (opening.url !== null && receiver.name !== opening.url)
  const content = scanJournal(folder, elsewhere ? 0 : confirmed)
  report.content = content
  if (content.tornBytes > 0) report.notes.push(`the last ${content.tornBytes} bytes make no whole batch: its process was killed while it wrote them`)
  if (content.damaged > 0) report.notes.push(`${content.damaged} batches are damaged: the disk changed them; they are left out`)
  const first = content.first ?? confirmed + 1
  if (elsewhere && first > 1 && !options.force)
    throw new LossboardError(
      'invalid_option',
      `its batches 1 to ${first - 1} are on ${opening.url ?? 'another server'} only: leave out --url and --into, or add --force to send the rest without them`,
    )
  if (options.dryRun) {
    report.status = 'would sync'
    return
  }
  if (opening.url === null && !options.intoFile && !living) folder.writeOpening(Object.assign(opening, { url: receiver.name }))
  const kept = keptBatches(folder)
  const listener = {
    opened: () => {},
    changed: (what: string) => report.notes.push(what),
    missing: (from: number, to: number) => report.notes.push(`batches ${from} to ${to} are missing in the journal`),
    kept: (sequence: number, bytes: number, why: string) =>
      report.notes.push(`batch ${sequence} (${bytes} bytes) is refused and kept in the journal: ${why}`),
    rolledBack: (from: number, to: number) => report.notes.push(`${receiver.name} no longer has batches ${from} to ${to}, which it had confirmed`),
  }
  const others = elsewhere ? (sequence: number) => readKept(folder, kept, sequence) : undefined
  const upload = new JournalUpload(folder, opening, receiver, listener, elsewhere ? 0 : confirmed, others)
  const mayWrite = !living && !elsewhere
  try {
    await bring(upload, () => mayWrite && upload.save(), report, options)
    if (!living && !opening.ended) await endRun(upload, folder)
  } finally {
    upload.close()
  }
  report.run = { id, name: upload.run?.name ?? name ?? null, project }
  const left = elsewhere ? 0 : keptBatches(folder).size
  if (left > 0)
    throw new LossboardError(
      'too_large',
      `${left} batches that ${receiver.name} refuses are kept in the journal: --into runs.db stores them in a file`,
    )
  report.status = 'synced'
  if (!living && !options.keep) folder.remove()
}

/** One batch after the other, with patience for a server that goes away in between. */
async function bring(upload: JournalUpload, save: () => void, report: JournalReport, { onProgress }: SyncOptions): Promise<void> {
  const total = report.content?.bytes ?? 0
  let failures = 0
  let wentWell = Date.now()
  let saved = Date.now()
  for (;;) {
    const step = await upload.step()
    const now = Date.now()
    if (step.state === 'done' || now - saved >= SAVE_MS) {
      save()
      saved = now
    }
    if (step.state === 'done') return
    if (step.state === 'sent') {
      failures = 0
      wentWell = now
      if (step.answer && !step.answer.duplicate) {
        report.sent.batches++
        report.sent.points += step.answer.points
        report.sent.records += step.answer.records
      }
      onProgress(upload.position, total)
    } else if (step.state === 'refused') {
      if (!upload.run && upload.openOtherwise(step)) continue
      save()
      throw new LossboardError(knownCode(step.code), `${upload.receiver.name} refuses it (${step.why})`)
    } else {
      failures++
      if (upload.run ? now - wentWell > PATIENCE_MS : failures >= TRIES_BEFORE_FIRST_ANSWER) {
        save()
        throw new LossboardError('server_away', `${upload.receiver.name} does not take it: ${step.why}`)
      }
      await sleep(Math.max(step.afterMs, pauseAfter(failures, Math.random())))
    }
  }
}

/** A process that was killed could not say so: its run would seem to go on. */
async function endRun({ receiver, opening: { run } }: JournalUpload, folder: JournalFolder): Promise<void> {
  const { writer } = run
  const now = await receiver.open({ ...run, sentAt: Date.now(), clock: 'adjust' })
  if (now.kind !== 'ok' || now.body.status !== 'running') return
  const reason = 'its process ended without a word; what it had logged was sent later'
  await receiver.finish(now.body.id, { writer, status: 'crashed', reason, endedAt: folder.writtenAt() })
}

function knownCode(code: string): ErrorCode {
  return Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'forbidden'
}
