import type { ImportedFile, ImportRestart, ImportSource } from '../../../core/import-source.ts'
import { readEvent, SESSION_START, type TfEvent } from '../../../core/tfevents/event.ts'
import { ScalarScan } from '../../../core/tfevents/scalar-scan.ts'
import { TagTable } from '../../../core/tfevents/tag-table.ts'
import { MalformedMessage, WireReader } from '../../../core/tfevents/wire.ts'
import { type PointColumns, VALUES_MAX } from './point-columns.ts'
import { recordName } from './record-name.ts'
import type { RunTarget } from './run-target.ts'
import { TagSteps } from './tag-steps.ts'
import { type Place, ValueIntake } from './value-intake.ts'

/** Version from which on restarts are told by `SessionLog`; before it, by a step that goes back. */
const SESSION_VERSION = 2
/** Steps of an old file in no order at all would make an attempt each. */
const ORDER_RESTARTS_MAX = 100

/** Takes the events of a run's files one by one, and notices when a training was started again. */
export class EventIntake {
  readonly values: ValueIntake
  /** Wall time of the last event, ms since epoch. */
  wall = 0
  summaryIsDue = false
  private readonly tags = new TagTable()
  private readonly steps = new TagSteps()
  private readonly scan = new ScalarScan()
  /** Tags of the values of `scan`. */
  private readonly scanned: number[] = []
  private readonly place: Place = { file: '', offset: 0, step: 0, wall: 0 }
  private file!: ImportedFile
  private fileNumber = 0
  private fileIsNew = false
  private restart: Omit<ImportRestart, 'file'> | null = null
  /** Offset of a `SessionLog` start that was counted already: its record comes again after the pause. */
  private countedStart = -1
  /** The last record asked for more room than there was. */
  private needsRoom = false

  constructor(
    private readonly target: RunTarget,
    private readonly source: ImportSource,
    private readonly columns: PointColumns,
  ) {
    this.values = new ValueIntake(target, source, (tag, place, value) => this.point(this.tagNumber(tag), place, value))
  }

  /** The events that come next are those of this file. */
  begin(file: ImportedFile): void {
    this.file = file
    this.fileNumber = this.source.files.indexOf(file)
    this.fileIsNew = file.events === 0
    this.place.file = file.name
    this.countedStart = -1
  }

  load(name: string, lastStep: number, attempt: number): void {
    this.steps.load(this.tagNumber(name), lastStep, attempt)
  }

  /** The restart that the record before the pause asked for. */
  takeRestart(): Omit<ImportRestart, 'file'> | null {
    const { restart } = this
    this.restart = null
    return restart
  }

  /** What was collected has to be stored before more can be taken. */
  get isFull(): boolean {
    return this.needsRoom || this.target.isFull
  }

  /** Room was made. */
  stored(): void {
    this.needsRoom = false
  }

  attemptBegun(forkStep: number | null): void {
    if (forkStep !== null) this.steps.cut(forkStep)
  }

  /** False: the store must take what was collected, or begin an attempt, before this record. */
  record(bytes: Uint8Array, view: DataView, start: number, end: number, offset: number): boolean {
    if (this.target.isFull) return false
    this.place.offset = offset
    const taken = this.scan.scan(bytes, view, start, end) ? this.plain(bytes, view) : this.any(bytes, view, start, end)
    if (taken) {
      this.file.events++
      this.summaryIsDue = true
    }
    return taken
  }

  private plain(bytes: Uint8Array, view: DataView): boolean {
    const { scan } = this
    if (scan.count === 1) return this.single(bytes, view)
    if (!this.hasRoom(scan.count)) return false
    if (!this.accept(scan.count, scan.step, scan.wall)) return true
    for (let i = 0; i < scan.count; i++) {
      const tag = this.named(this.tags.index(bytes, view, scan.tagFrom[i]!, scan.tagTo[i]!))
      if (this.isRestart(tag)) return false
      this.scanned[i] = tag
    }
    for (let i = 0; i < scan.count; i++) this.point(this.scanned[i]!, this.place, scan.value[i]!)
    return true
  }

  /** What `plain` does, for the one value that nearly every event of a large file holds. */
  private single(bytes: Uint8Array, view: DataView): boolean {
    const { scan, steps, columns, source } = this
    const { step } = scan
    if (!this.hasRoom(1)) return false
    if (!this.accept(1, step, scan.wall)) return true
    const tag = this.named(this.tags.index(bytes, view, scan.tagFrom[0]!, scan.tagTo[0]!))
    if (steps.reached(tag, step)) {
      if (this.isRestart(tag)) return false
      source.repeatedSteps++
    }
    steps.note(tag, step, this.fileNumber, this.file.attempt)
    columns.add(tag, step, this.wall, scan.value[0]!)
    source.points++
    return true
  }

  private any(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    let event: TfEvent
    try {
      event = readEvent(new WireReader(bytes, start, end, view))
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
      this.values.note('skipped', `it is no event: ${error.message}`, this.place)
      return true
    }
    const { length } = event.values
    if (!this.hasRoom(length)) return false
    if (event.fileVersion !== null) this.file.version = Number(/^brain\.Event:(\d+)$/.exec(event.fileVersion)?.[1] ?? 0)
    if (!this.accept(length, event.step, event.wall)) return true
    if (event.sessionStatus === SESSION_START && this.sessionStarts()) return false
    for (const { tag } of event.values) if (this.isRestart(this.tagNumber(tag))) return false
    this.values.event(event, this.place)
    for (const { tag } of event.values) this.steps.note(this.tagNumber(tag), event.step, this.fileNumber, this.file.attempt)
    return true
  }

  private hasRoom(count: number): boolean {
    this.needsRoom = count <= VALUES_MAX && this.columns.isFull(count)
    return !this.needsRoom
  }

  /** Step and time of the event, when it can be stored. */
  private accept(count: number, step: number, seconds: number): boolean {
    if (!Number.isSafeInteger(step)) {
      this.values.note('skipped', `its step ${step} is beyond 2^53, where steps are no longer told apart`, this.place)
      return false
    }
    if (count > VALUES_MAX) {
      this.values.note('skipped', `it holds ${count} values; at most ${VALUES_MAX} are read from one event`, this.place)
      return false
    }
    const wall = seconds * 1000
    if (Number.isFinite(wall)) this.wall = wall
    else this.values.note('changed', `its time is ${seconds}: the time of the event before it is used`, this.place)
    this.place.step = step
    this.place.wall = this.wall
    return true
  }

  private point(tag: number, { step, wall }: Place, value: number): void {
    if (this.steps.reached(tag, step)) this.source.repeatedSteps++
    this.steps.note(tag, step, this.fileNumber, this.file.attempt)
    this.columns.add(tag, step, wall, value)
    this.source.points++
  }

  private tagNumber(tag: string): number {
    return this.named(this.tags.indexOf(tag))
  }

  private named(tag: number): number {
    this.target.names[tag] ??= recordName(this.tags.names[tag]!)
    return tag
  }

  /** From the second start of a session on, what lies at or after its step is taken back. */
  private sessionStarts(): boolean {
    const { offset, step } = this.place
    if (this.countedStart !== offset) {
      this.countedStart = offset
      this.source.starts++
      if (this.source.starts > 1 && (this.file.version ?? 0) >= SESSION_VERSION && step <= this.steps.highest)
        this.restart = { offset, step, by: 'start' }
    }
    return this.restart !== null
  }

  private isRestart(tag: number): boolean {
    const { offset, step } = this.place
    const { attempt, version } = this.file
    if (!this.steps.reached(tag, step)) return false
    if (this.steps.goesBackToOtherFile(tag, step, this.fileNumber, attempt, this.fileIsNew)) this.restart = { offset, step, by: 'file' }
    else if ((version ?? 0) < SESSION_VERSION && this.steps.goesBack(tag, step, attempt) && this.orderRestarts() < ORDER_RESTARTS_MAX)
      this.restart = { offset, step, by: 'order' }
    return this.restart !== null
  }

  private orderRestarts(): number {
    return this.source.restarts.filter(({ by }) => by === 'order').length
  }
}
