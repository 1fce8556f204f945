import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunStatus } from '../../../core/run.ts'
import { openStore } from '../../../db/open.ts'
import type { Store } from '../../../db/store.ts'
import { type CellEnd, type CellRun, settleCell } from '../../../trainer/ablation/settle-cell.ts'
import { newRun } from '../../db/contract/make.ts'
import { studyDefinition } from '../../db/contract/studies.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'

let folder: ReturnType<typeof tempFolder>
let store: Store
let cell: CellRun

beforeEach(async () => {
  folder = tempFolder()
  store = await openStore(folder.store, { mode: 'create' })
  const study = await store.saveStudy(studyDefinition())
  const variant = study.variants[1]!
  cell = {
    variant,
    seed: 1,
    config: { lr: 1, seed: 1 },
    runId: 'r1',
    studyId: study.id,
    studyName: study.name,
    project: 'mnist',
    location: folder.store,
  }
})
afterEach(async () => {
  await store.close()
  await folder[Symbol.asyncDispose]()
})

async function settled(
  own: RunStatus | null,
  reason: string | null,
  end: CellEnd,
): Promise<[string, string | null, RunStatus | undefined, string | null | undefined]> {
  if (own) {
    const writer = await store.createRun(newRun('r1', { startedAt: Date.now(), study: { id: cell.studyId, variant: cell.variant.key, seed: 1 } }))
    writer.flush({ patch: { status: own, statusReason: reason } })
    writer.close()
  }
  const outcome = await settleCell(store, cell, end, Date.now())
  const run = await store.run('r1')
  return [outcome.status, outcome.reason, run?.status, run?.statusReason]
}

const exit3: CellEnd = { status: 'failed', reason: 'exit code 3: no GPU' }
const done: CellEnd = { status: 'finished', reason: null }
const ctrlC: CellEnd = { status: 'interrupted', reason: 'SIGINT' }

describe('how a cell ended', () => {
  it.each<[string, RunStatus, string | null, CellEnd, string, string | null, RunStatus, string | null]>([
    ['finished, as it says', 'finished', null, done, 'finished', null, 'finished', null],
    ['finished, though its process failed later', 'finished', null, exit3, 'finished', 'exit code 3: no GPU', 'finished', null],
    ['failed, as it says, though its process ended well', 'failed', 'diverged', done, 'failed', 'diverged', 'failed', 'diverged'],
    ['killed before it could say anything', 'running', null, exit3, 'failed', 'exit code 3: no GPU', 'failed', 'exit code 3: no GPU'],
    ['left open by a program that ended well', 'running', null, done, 'finished', null, 'finished', null],
    [
      'stopped by its timeout',
      'interrupted',
      'SIGTERM',
      { status: 'failed', reason: 'stopped after its timeout of 5 s' },
      'failed',
      'stopped after its timeout of 5 s',
      'failed',
      'stopped after its timeout of 5 s',
    ],
    ['stopped by Ctrl-C', 'interrupted', 'SIGINT', ctrlC, 'interrupted', 'SIGINT', 'interrupted', 'SIGINT'],
    ['killed after Ctrl-C', 'running', null, ctrlC, 'interrupted', 'SIGINT', 'interrupted', 'SIGINT'],
    ['stopped cleanly of its own', 'interrupted', 'SIGINT', done, 'interrupted', 'SIGINT', 'interrupted', 'SIGINT'],
  ])('%s', async (_, own, reason, end, ...expected) => {
    expect(await settled(own, reason, end)).toEqual(expected)
  })

  it('without a run is recorded as one that failed, in its place', async () => {
    expect(await settled(null, null, exit3)).toEqual(['failed', 'exit code 3: no GPU', 'failed', 'exit code 3: no GPU'])
    expect(await store.run('r1')).toMatchObject({ group: 'w/o attention', tags: ['study:parts'], seed: 1, config: { lr: 1, seed: 1 } })
    expect((await store.study(cell.studyId)).runs).toEqual([{ runId: 'r1', variant: 'a', seed: 1 }])
  })

  it('without a run though it ended well says what is missing; stopped before it began it leaves nothing', async () => {
    expect(await settled(null, null, ctrlC)).toEqual(['interrupted', 'SIGINT', undefined, undefined])
    expect((await settled(null, null, done))[1]).toMatch(/without logging a run: call init/)
  })
})
