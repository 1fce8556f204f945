import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { JOURNAL_FILES, JOURNAL_FOLDER, type JournalOpening } from '../core/ingest/journal.ts'
import { API_PATH, BATCH_TYPE, BODY_MAX, CLOCK_HEADER, INFLATED_MAX, SENT_AT_HEADER } from '../core/ingest/protocol.ts'

it('docs/http.md names what the program uses', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/http.md'), 'utf8').toLowerCase()
  const fields: (keyof JournalOpening)[] = ['version', 'url', 'run']
  const limits = [`"bodybytes": ${BODY_MAX}`, `"inflatedbytes": ${INFLATED_MAX}`]
  const words = [
    API_PATH,
    BATCH_TYPE,
    CLOCK_HEADER,
    SENT_AT_HEADER,
    JOURNAL_FOLDER,
    ...Object.values(JOURNAL_FILES),
    ...limits,
    ...fields.map((field) => `"${field}"`),
  ]
  expect(words.filter((word) => !page.includes(word))).toEqual([])
})
