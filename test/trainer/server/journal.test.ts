import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scanJournal } from '../../../cli/sync/scan-journal.ts'
import { JournalFolder } from '../../../trainer/journal/journal-folder.ts'
import { JournalWriter } from '../../../trainer/journal/journal-writer.ts'
import { pauseAfter } from '../../../trainer/journal/live-upload.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { readRun } from '../fixtures/stored-run.ts'
import { sync } from './remote.ts'

const RUN = { writer: 'w-1', id: 'r1', project: 'p', startedAt: 1_700_000_000_000, resume: 'never' as const, environment: {} }
const point = (step: number) => ({
  points: { names: ['value'], series: Uint32Array.of(0), step: Float64Array.of(step), wall: Float64Array.of(step), value: Float64Array.of(step / 7) },
})

/** A journal of `n` batches of one point each, as a process leaves it that was killed on another machine. */
function journal(path: string, n: number): JournalFolder {
  const folder = new JournalFolder(join(path, 'lossboard-journal', RUN.writer))
  const writer = new JournalWriter(folder, { version: 1, url: null, ended: true, run: RUN })
  for (let i = 0; i < n; i++) writer.append([writer.encode(point(i), 0)])
  writer.close()
  return folder
}

const steps = async (store: string) => (await readRun(store, 'r1')).points.get('value')?.step ?? []

describe('a journal', () => {
  it('that was cut anywhere keeps what came before, and the rest is told', async () => {
    await using folder = tempFolder()
    const kept = journal(folder.path, 3)
    const whole = readFileSync(kept.file('batches'))
    const frame = whole.length / 3
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(kept.file('batches'), whole.subarray(0, length))
      const batches = Math.floor(length / frame)
      expect(scanJournal(kept, 0)).toMatchObject({ batches, points: batches, tornBytes: length - batches * frame, damaged: 0 })
    }
    writeFileSync(kept.file('batches'), whole.subarray(0, whole.length - 1))
    const [report] = await sync(folder.path, '--into', folder.store)
    expect(report).toMatchObject({
      status: 'synced',
      notes: [`the last ${frame - 1} bytes make no whole batch: its process was killed while it wrote them`],
    })
    expect(await steps(folder.store)).toEqual([0, 1])
  })

  it('of which the disk changed a byte loses that batch and no other, and says so', async () => {
    await using folder = tempFolder()
    const kept = journal(folder.path, 4)
    const bytes = readFileSync(kept.file('batches'))
    const at = bytes.length / 2 + 60
    bytes[at] = bytes[at]! ^ 1
    writeFileSync(kept.file('batches'), bytes)
    const [report] = await sync(folder.path, '--into', folder.store)
    expect(report?.notes).toContain('1 batches are damaged: the disk changed them; they are left out')
    expect(await steps(folder.store)).toEqual([0, 1, 3])
  })

  it('is sent once, also when the same journal turns up again', async () => {
    await using folder = tempFolder()
    const kept = journal(folder.path, 5)
    const copy = join(folder.path, 'copy')
    copyFileSync(kept.file('batches'), copy)
    await sync(folder.path, '--into', folder.store)
    const again = journal(folder.path, 0)
    copyFileSync(copy, again.file('batches'))
    expect(await sync(folder.path, '--into', folder.store)).toMatchObject([{ status: 'synced', sent: { batches: 0, points: 0 } }])
    expect(await steps(folder.store)).toEqual([0, 1, 2, 3, 4])
  })

  it('goes on when a server of an older version does not know a kind of record: the record is kept, the numbers are stored', async () => {
    await using folder = tempFolder()
    const kept = new JournalFolder(join(folder.path, 'lossboard-journal', RUN.writer))
    const writer = new JournalWriter(kept, { version: 1, url: null, ended: true, run: RUN })
    const strange = { name: 'later', kind: 'hologram', step: 1, wall: 1, payload: {} }
    writer.append([writer.encode({ ...point(0), records: [strange] }, 0), writer.encode(point(1), 1)])
    writer.close()
    const [report] = await sync(folder.path, '--into', folder.store, '--keep')
    expect(report?.notes.join()).toMatch(/batch 1 \(\d+ bytes\) is refused and kept in the journal: .*hologram/)
    expect(await steps(folder.store)).toEqual([0, 1])
    expect(scanJournal(kept, 0)).toMatchObject({ kept: 1 })
  })

  it('that is deleted under its writer is begun again', async () => {
    await using folder = tempFolder()
    const kept = new JournalFolder(join(folder.path, 'lossboard-journal', RUN.writer))
    const writer = new JournalWriter(kept, { version: 1, url: null, run: RUN })
    writer.append([writer.encode(point(0), 0)])
    rmSync(kept.path, { recursive: true })
    expect(writer.restoreIfDeleted(Date.now() + 10_000)).toBe(true)
    writer.append([writer.encode(point(1), 0)])
    writer.close()
    expect(scanJournal(kept, 0)).toMatchObject({ first: 2, last: 2, points: 1 })
  })
})

it('pauses double, keep a random part, and end at ten seconds', () => {
  expect([1, 2, 3].map((failures) => pauseAfter(failures, 1))).toEqual([250, 500, 1000])
  expect(pauseAfter(1, 0)).toBe(125)
  expect(pauseAfter(1_000, 1)).toBe(10_000)
})
