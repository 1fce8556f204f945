import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { formatOptions } from '../core/table/format-options.ts'
import type { Store } from '../db/store.ts'
import { studyAnswer } from '../server/studies/study-answer.ts'
import { studyTable } from '../server/studies/study-table.ts'
import { writeWhole } from './write-whole.ts'

export interface TableTarget {
  format: string
  venue: string
  siunitx?: boolean
  unicode?: boolean
  project?: string
  /** File to write; undefined: standard output. */
  output?: string
}

/** Writes the table of a study; what a reader must know besides goes to stderr, so that a Makefile's log shows it. */
export async function writeTable(store: Store, reference: string, { format, output, project, ...options }: TableTarget): Promise<void> {
  const answer = await studyAnswer(store, reference, { project })
  const { text, warnings } = studyTable(answer, format, formatOptions(options))
  for (const { severity, text: problem } of answer.result.warnings) if (severity === 'error') process.stderr.write(`lossboard: ${problem}\n`)
  for (const warning of warnings) process.stderr.write(`lossboard: ${warning}\n`)
  if (output === undefined) process.stdout.write(text)
  else await writeWhole(Readable.from([text]), resolve(output))
}
