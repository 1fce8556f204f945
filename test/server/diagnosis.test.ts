import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiagnosedOverview } from '../../core/overview.ts'
import { unpack } from '../../core/wire.ts'
import { openStore } from '../../db/open.ts'
import type { RunWriter, Store } from '../../db/store.ts'
import { type Callable, callable, callOver } from './routers/call.ts'
import { newRun, points } from './temp-store.ts'

let app: Callable
beforeEach(async () => {
  app = await callable()
})
afterEach(() => app.remove())

/** Training loss falls, validation loss turns at a third of the way. */
function logOverfitting(writer: RunWriter, [train, val] = ['train/loss', 'val/loss']): void {
  writer.flush({
    points: points(
      train!,
      Array.from({ length: 600 }, (_, i) => 2.3 * Math.exp(-i / 120) + 0.01 * Math.sin(i)),
    ),
  })
  const evaluations = Array.from({ length: 30 }, (_, i) => 2.3 * Math.exp(-i / 6) + (i > 10 ? 0.09 * (i - 10) : 0) + 0.4)
  const rows = points(val!, evaluations)
  writer.flush({ points: { ...rows, step: rows.step.map((i) => i * 20) } })
}

async function finished(store: Store, id: string, log: (writer: RunWriter) => void = logOverfitting, project = 'test'): Promise<void> {
  const writer = await newRun(store, { id, project, name: id })
  log(writer)
  writer.flush({ patch: { status: 'finished', endedAt: Date.now() } })
  writer.close()
}

/** Whatever else a rule may say of such a run. */
function rulesOf(findings: readonly { rule: string }[]): string[] {
  return findings.map(({ rule }) => rule)
}

async function current(call: Callable['call'], id: string) {
  for (;;) {
    const answer = await call.diagnosis.run({ id })
    if (answer.isCurrent) return answer
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('the diagnosis of a run', () => {
  it('is computed when somebody looks, says what is wrong since when, and is kept in the store', async () => {
    await finished(app.store, 'a')
    expect(await app.call.diagnosis.run({ id: 'a' })).toMatchObject({ isCurrent: false, at: null, findings: [] })
    app.diagnoser.start()
    const { findings, report } = await current(app.call, 'a')
    const finding = findings.find(({ rule }) => rule === 'overfitting')
    expect(finding).toMatchObject({ origin: 'computed', mute: null, detail: { id: 'D19', causedBy: null } })
    expect(finding!.firstStep).toBeGreaterThan(150)
    expect(finding!.firstStep).toBeLessThan(350)
    expect(finding!.wall).toBeGreaterThan(1_700_000_000_000)
    expect(finding!.detail.evidence[0]).toMatchObject({ series: 'val/loss', thresholds: expect.anything() })
    expect(finding!.detail.fixes.length).toBeGreaterThan(0)
    expect(report?.roles).toEqual({ 'train/loss': 'train-loss', 'val/loss': 'val-loss' })
    expect((await app.store.findings.diagnosis('a'))?.findings).toHaveLength(findings.length)
  })

  it('says what a rule that lacks data needs', async () => {
    await finished(app.store, 'a', (writer) =>
      writer.flush({
        points: points(
          'train/loss',
          Array.from({ length: 200 }, (_, i) => 3 / (1 + i)),
        ),
      }),
    )
    app.diagnoser.start()
    const { report } = await current(app.call, 'a')
    expect(report?.waiting.find(({ rule }) => rule === 'overfitting')?.needs).toContain('val/loss')
  })

  it('lists what the training code itself found, once per name, since it first said so', async () => {
    const value = (title: string) => ({ code: 'test-transform-differs', severity: 'critical', title, detail: 'why', evidence: { mean: 3 } })
    const record = (name: string, step: number, title: string) => ({ name, kind: 'finding', step, wall: 5000 + step, payload: value(title) })
    await finished(app.store, 'a', (writer) =>
      writer.flush({
        records: [
          record('finding/second split', 3, 'first'),
          record('finding/second split', 9, 'again'),
          record('test-transform-differs', 5, 'other'),
        ],
      }),
    )
    app.diagnoser.start()
    const { findings } = await current(app.call, 'a')
    const logged = findings.filter(({ origin }) => origin === 'logged')
    expect(logged).toMatchObject([
      {
        title: 'again',
        firstStep: 3,
        wall: 5003,
        subjects: ['finding/second split'],
        confidence: null,
        detail: { facts: { mean: 3 }, says: 'why', lastStep: 9 },
      },
      { title: 'other', firstStep: 5, subjects: [] },
    ])
  })

  it('follows a run that goes on, from new points only, also when earlier ones are replaced', async () => {
    const writer = await newRun(app.store, { id: 'a' })
    writer.flush({ points: points('train/loss', [3, 2.5, 2.2]) })
    app.diagnoser.start()
    expect(rulesOf((await current(app.call, 'a')).findings)).not.toContain('non-finite')
    logOverfitting(writer)
    writer.flush({ points: points('train/loss', [Number.NaN, Number.NaN, Number.NaN, Number.NaN], 600) })
    for (;;) {
      const { findings } = await app.call.diagnosis.run({ id: 'a' })
      const rules = findings.map(({ rule }) => rule)
      if (rules.includes('non-finite') && rules.includes('overfitting')) break
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    writer.close()
  })

  it('is not computed again when a person edits the run, and is when the run logs', async () => {
    await finished(app.store, 'a')
    app.diagnoser.start()
    const { at } = await current(app.call, 'a')
    await app.store.updateRun('a', { notes: 'looked at', tags: ['x'] })
    expect((await current(app.call, 'a')).at).toBe(at)
    const again = await app.store.continueRun('a', 1)
    again.flush({ points: points('val/loss', [9], 700) })
    again.close()
    expect((await current(app.call, 'a')).at).toBeGreaterThanOrEqual(at!)
    expect((await app.store.findings.undiagnosed('x', 1)).total).toBe(1)
  })
})

describe('what people say about findings', () => {
  it('mutes one in its run or in the whole project, with a reason, and it counts for nothing but stays listed', async () => {
    for (const id of ['a', 'b']) await finished(app.store, id)
    app.diagnoser.start()
    for (const id of ['a', 'b']) await current(app.call, id)
    const briefs = async () =>
      unpack<DiagnosedOverview>(await app.call.runs.overview({ metrics: [] })).findings.map((brief) => brief?.severity ?? null)
    const muteOthers = async (runId: string) => {
      for (const { rule } of (await current(app.call, runId)).findings)
        if (rule !== 'overfitting') await app.call.diagnosis.mute({ project: 'test', runId, rule, subjects: null, reason: 'not asked here' })
    }
    for (const id of ['a', 'b']) await muteOthers(id)
    const overfitting = async (id: string) => (await current(app.call, id)).findings.find(({ rule }) => rule === 'overfitting')
    const severity = (await overfitting('a'))!.severity
    expect(await briefs()).toEqual([severity, severity])
    const mute = await app.call.diagnosis.mute({ project: 'test', runId: 'a', rule: 'overfitting', subjects: null, reason: 'meant to' })
    expect((await briefs()).filter((one) => one === null)).toHaveLength(1)
    expect((await overfitting('a'))?.mute).toMatchObject({ reason: 'meant to', runId: 'a' })
    expect((await overfitting('b'))?.mute).toBeNull()
    const listed = (await app.call.diagnosis.project({ project: 'test' })).findings.filter(({ rule }) => rule === 'overfitting')
    expect(listed.map(({ run, mute }) => [run.name, mute !== null]).sort()).toEqual([
      ['a', true],
      ['b', false],
    ])
    await app.call.diagnosis.mute({ project: 'test', runId: null, rule: 'overfitting', subjects: null, reason: 'a study of it' })
    expect(await briefs()).toEqual([null, null])
    await app.call.diagnosis.unmute({ id: mute.id })
    await expect(app.call.diagnosis.unmute({ id: mute.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const silent = app.call.diagnosis.mute({ project: 'test', runId: null, rule: 'overfitting', subjects: null, reason: ' ' })
    await expect(silent).rejects.toThrow(/say why/)
  })

  it('names what a metric stands for, and the runs of the project are looked at again', async () => {
    await finished(app.store, 'a', (writer) => logOverfitting(writer, ['objective one', 'objective two']))
    app.diagnoser.start()
    expect(rulesOf((await current(app.call, 'a')).findings)).not.toContain('overfitting')
    await app.call.diagnosis.setRoles({ project: 'test', roles: { 'objective one': 'train-loss', 'objective two': 'val-loss' } })
    const answer = await current(app.call, 'a')
    expect(answer.findings.map(({ rule }) => rule)).toContain('overfitting')
    expect(answer.said).toEqual({ 'objective one': 'train-loss', 'objective two': 'val-loss' })
    const wrong = (role: string) => app.call.diagnosis.setRoles({ project: 'test', roles: { x: role } })
    await expect(wrong('val-los')).rejects.toThrow(/did you mean .*val-loss/)
    await expect(wrong('update-ratio')).rejects.toThrow(/x=update-ratio:NAME/)
    await expect(wrong('val-loss:conv')).rejects.toThrow(/of the whole run/)
    expect(await app.call.diagnosis.roles({ project: 'test' })).toEqual(answer.said)
  })
})

it('a read-only store is diagnosed in memory, its mutes refused in one clear line', async () => {
  await finished(app.store, 'a')
  const store = await openStore(app.path, { mode: 'read' })
  const { call, diagnoser } = callOver(store)
  diagnoser.start()
  expect(rulesOf((await current(call, 'a')).findings)).toContain('overfitting')
  expect((await call.diagnosis.project()).findings.find(({ rule }) => rule === 'overfitting')?.run.name).toBe('a')
  expect(unpack<DiagnosedOverview>(await call.runs.overview({ metrics: [] })).findings[0]?.rules).toContain('overfitting')
  expect(diagnoser.waiting).toBe(0)
  expect(await app.store.findings.diagnosis('a')).toBeNull()
  const mute = call.diagnosis.mute({ project: 'test', runId: 'a', rule: 'overfitting', subjects: null, reason: 'x' })
  await expect(mute).rejects.toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('opened for reading only') })
  await diagnoser.stop()
  await store.close()
})

it('many runs are diagnosed in the background, the one looked at before the others, and how many wait is said', async () => {
  for (let i = 0; i < 30; i++) await finished(app.store, `r${i}`, (writer) => writer.flush({ points: points('train/loss', [3, 2, 1]) }))
  expect(await app.call.diagnosis.project({})).toMatchObject({ runs: 30, unseen: 30, total: 0 })
  app.diagnoser.start()
  await current(app.call, 'r0')
  while ((await app.call.diagnosis.project({})).unseen > 0) await new Promise((resolve) => setTimeout(resolve, 10))
  expect((await app.store.findings.undiagnosed('another engine', 50)).total).toBe(30)
})
