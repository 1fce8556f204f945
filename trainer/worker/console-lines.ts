import { KINDS } from '../../core/kinds/registry.ts'
import type { ConsoleValue } from '../../core/kinds/values.ts'
import type { NewRecord } from '../../db/store.ts'

type Stream = ConsoleValue['stream']

/** UTF-16 units kept per run; what comes after is counted, not kept. */
const KEPT_MAX = 5_000_000
/** A piece is one record; longer output makes several. */
const PIECE_MAX = 65_536
/** A line that never ends (a progress bar) is cut here. */
const LINE_MAX = 16_384

/** What a terminal would overwrite: everything before the last return to column 1 or erase-line of a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject here
const OVERWRITTEN = /^[\s\S]*(?:\r(?!\r*$)|\x1b\[[01]?G|\x1b\[2K)/

interface Piece {
  stream: Stream
  lines: string[]
  length: number
  wall: number
  step: number
  skippedLines: number
}

/** Turns raw writes of the two streams into records of whole lines, in the order the lines were finished. */
export class ConsoleLines {
  readonly #open: Record<Stream, string> = { stdout: '', stderr: '' }
  #pieces: Piece[] = []
  #kept = 0
  #skipped = 0
  #line: number

  /** @param firstLine number of the first line: the step of the record that holds it; a resumed run goes on counting. */
  constructor(firstLine = 0) {
    this.#line = firstLine
  }

  push(stream: Stream, text: string, wall: number): void {
    const parts = (this.#open[stream] + text).split('\n')
    const rest = parts.pop() ?? ''
    for (const line of parts) this.#add(stream, line, wall)
    this.#open[stream] = this.#bounded(stream, rest, wall)
  }

  /** An unfinished line as the terminal shows it, so that a progress bar does not grow in memory. */
  #bounded(stream: Stream, rest: string, wall: number): string {
    const shown = rest.length > 256 ? rest.replace(OVERWRITTEN, '') : rest
    if (shown.length <= LINE_MAX) return shown
    this.#add(stream, shown, wall)
    return ''
  }

  #add(stream: Stream, raw: string, wall: number): void {
    const line = raw.replace(OVERWRITTEN, '').replace(/\r+$/, '')
    const step = this.#line++
    if (this.#kept + line.length + 1 > KEPT_MAX) {
      this.#skipped++
      return
    }
    this.#kept += line.length + 1
    let piece = this.#pieces.at(-1)
    if (!piece || piece.stream !== stream || piece.length > PIECE_MAX || this.#skipped > 0) {
      piece = { stream, lines: [], length: 0, wall, step, skippedLines: this.#skipped }
      this.#skipped = 0
      this.#pieces.push(piece)
    }
    piece.lines.push(line)
    piece.length += line.length + 1
  }

  /** The records finished since the last call. */
  take(): NewRecord[] {
    const records = this.#pieces.map((piece) => toRecord(piece, `${piece.lines.join('\n')}\n`))
    this.#pieces = []
    return records
  }

  /** At the end of the run: unfinished lines, and how much was skipped. */
  takeRest(wall: number): NewRecord[] {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#open[stream] !== '') this.#add(stream, this.#open[stream], wall)
      this.#open[stream] = ''
    }
    const records = this.take()
    if (this.#skipped > 0) {
      const note = { stream: 'stderr' as const, lines: [], length: 0, wall, step: this.#line, skippedLines: this.#skipped }
      records.push(toRecord(note, ''))
      this.#skipped = 0
    }
    return records
  }
}

function toRecord({ stream, wall, step, skippedLines }: Piece, text: string): NewRecord {
  return { name: `console/${stream}`, kind: 'console', step, wall, payload: KINDS.console.encode({ stream, text, skippedLines }).payload }
}
