import type { ImportNote, ImportSource } from '../../../core/import-source.ts'
import { NOTES_MAX } from '../../../core/import-source.ts'
import type { TfEvent } from '../../../core/tfevents/event.ts'
import type { SummaryValue, TagMetadata } from '../../../core/tfevents/summary.ts'
import { type Converted, kept, keptDraft } from '../../../core/tfevents/values/draft.ts'
import { convertValue } from '../../../core/tfevents/values/registry.ts'
import { MalformedMessage } from '../../../core/tfevents/wire.ts'
import { recordName } from './record-name.ts'
import type { RunTarget } from './run-target.ts'

/** Where a value stands: its event, and the place of that in the files. */
export interface Place {
  file: string
  offset: number
  step: number
  /** ms since epoch. */
  wall: number
}

/** What is known of a tag from its first value. */
const NAMELESS: TagMetadata = { plugin: '', content: new Uint8Array(0), displayName: '', description: '', dataClass: 0 }
/** Values of these say by themselves what they are, when nothing else does. */
const SELF_EVIDENT = new Set(['', 'scalars', 'text'])

/** Puts the values of events where they belong in the store. */
export class ValueIntake {
  private readonly metadata = new Map<string, TagMetadata>()
  /** How the program said that it ended. */
  status: 'finished' | 'failed' | null = null

  constructor(
    private readonly target: RunTarget,
    private readonly source: ImportSource,
    private readonly addPoint: (tag: string, place: Place, value: number) => void,
  ) {
    for (const [tag, plugin] of Object.entries(source.plugins)) this.metadata.set(tag, { ...NAMELESS, plugin })
  }

  note(what: ImportNote['what'], reason: string, { file, offset }: Pick<Place, 'file' | 'offset'>): void {
    this.source.noteCount++
    if (this.source.notes.length < NOTES_MAX) this.source.notes.push({ file, offset, what, reason })
  }

  event(event: TfEvent, place: Place): void {
    for (const value of event.values) this.value(value, place)
    for (const { format, tag, bytes } of event.attachments) {
      const name = format === 'run-metadata' ? `run-metadata/${tag}` : tag
      this.target.addRecord(keptDraft({ plugin: 'graphs', format }, bytes), recordName(name), place.step, place.wall)
      this.source.records++
    }
    if (event.logMessage) this.record({ kind: 'text', payload: { text: event.logMessage, format: 'plain' } }, 'log-message', place)
  }

  private value(value: SummaryValue, place: Place): void {
    const first = this.firstMetadata(value)
    const converted = this.convert(value, first)
    if ('note' in converted && converted.note !== undefined)
      this.note(converted.type === 'records' ? 'kept' : 'changed', `${recordName(value.tag)}: ${converted.note}`, place)
    switch (converted.type) {
      case 'scalar':
        this.addPoint(value.tag, place, converted.value)
        break
      case 'records':
        for (const draft of converted.drafts) this.record(draft, `${value.tag}${draft.suffix ?? ''}`, place)
        break
      case 'session-start':
        this.target.config = { ...this.target.config, ...converted.config }
        this.target.change({ config: this.target.config, ...(converted.group !== null && { group: converted.group }) })
        break
      case 'session-end':
        this.status = converted.status === 'running' ? null : converted.status
        break
      case 'experiment':
        this.source.metrics = [...new Set([...this.source.metrics, ...converted.metrics])]
        this.record({ kind: 'facts', payload: { data: converted.facts } }, 'hparams/experiment', place)
    }
  }

  private convert(value: SummaryValue, metadata: TagMetadata | null): Converted {
    try {
      return convertValue(value, metadata)
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
      return kept(value, metadata?.plugin ?? '', error.message)
    }
  }

  private record(draft: Parameters<RunTarget['addRecord']>[0], tag: string, place: Place): void {
    this.target.addRecord(draft, recordName(tag), place.step, place.wall)
    this.source.records++
  }

  /** The first metadata of a tag counts, also for values that have none or others. */
  private firstMetadata({ tag, metadata }: SummaryValue): TagMetadata | null {
    const known = this.metadata.get(tag)
    if (known) return known
    if (metadata === null) return null
    // A copy: the bytes are those of a buffer that is used again.
    this.metadata.set(tag, { ...metadata, content: metadata.content.slice() })
    if (!SELF_EVIDENT.has(metadata.plugin)) this.source.plugins[tag] = metadata.plugin
    return metadata
  }
}
