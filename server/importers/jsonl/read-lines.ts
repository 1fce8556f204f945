import { createReadStream } from 'node:fs'

const LINES_PER_TURN = 2_000
/** A longer line is no row of anything: nobody could hold it. */
const LINE_MAX = 256 * 2 ** 20

export interface Line {
  text: string
  /** From 1. */
  number: number
}

/** The lines of a UTF-8 file, one after the other. `onBytes` is told what was read since the last time, and waited for. */
export async function* readLines(path: string, onBytes?: (bytes: number) => Promise<void>): AsyncGenerator<Line> {
  const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 2 ** 18 })
  let told = 0
  let number = 0
  let rest = ''
  for await (const chunk of stream as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LINE_MAX) throw new Error(`line ${number + lines.length + 1} of ${path} is longer than ${LINE_MAX} characters`)
    for (const text of lines) {
      number++
      yield { text: plain(text, number), number }
      if (number % LINES_PER_TURN === 0 && onBytes) {
        await onBytes(stream.bytesRead - told)
        told = stream.bytesRead
      }
    }
  }
  if (rest !== '') yield { text: plain(rest, number + 1), number: number + 1 }
  await onBytes?.(stream.bytesRead - told)
}

const plain = (text: string, number: number) => (number === 1 ? text.replace(/^\uFEFF/, '') : text)
