import { expect, test } from 'vitest'
import type { RunDiagnosis, RunFinding } from '../../../core/findings/run-finding.ts'
import type { StoreUnderTest } from './make.ts'
import { batch, newRun, steps, WALL } from './make.ts'

function finding(fields: Partial<RunFinding> = {}): RunFinding {
  return {
    rule: 'overfitting',
    subjects: [],
    severity: 'warning',
    origin: 'computed',
    title: 'Validation loss rises',
    firstStep: 1200,
    wall: WALL + 0.5,
    confidence: 0.9,
    detail: { evidence: { ratio: Number.NaN } },
    ...fields,
  }
}

function diagnosis(runId: string, runRev: number, fields: Partial<RunDiagnosis> = {}): RunDiagnosis {
  return { runId, engine: '1', runRev, stamp: 's', at: WALL, report: { shapes: [] }, findings: [finding()], ...fields }
}

/** What the diagnosis says of runs, and what people say of that. */
export function findingsContract(at: () => StoreUnderTest): void {
  test('a diagnosis comes back whole, replaces the one before it and goes with its run', async () => {
    const { store } = at()
    await store.createRun(newRun('r1'))
    const { findings } = store
    expect(await findings.diagnosis('r1')).toBeNull()
    const rev = (await store.run('r1'))!.rev
    await findings.save(diagnosis('r1', rev))
    const logged = finding({
      rule: 'test-transform-differs',
      subjects: ['test', 'other, one'],
      origin: 'logged',
      confidence: null,
      severity: 'critical',
    })
    const second = diagnosis('r1', rev, { findings: [finding({ firstStep: 2 ** 40 }), logged] })
    await findings.save(second)
    const expected = second.findings.map((one) => ({ ...one, detail: { evidence: { ratio: 'NaN' } } }))
    expect(await findings.diagnosis('r1')).toEqual({ ...second, findings: expected })
    await findings.save(diagnosis('nobody', 1))
    await store.removeRuns(['r1'])
    expect(await findings.diagnosis('r1')).toBeNull()
    expect((await findings.since(0)).runIds).toEqual([])
  })

  test('runs wait for a diagnosis until one covers their state, the newest first', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('old', { startedAt: WALL }))
    await store.createRun(newRun('new', { startedAt: WALL + 1 }))
    const { findings } = store
    const waiting = async (engine = '1') => (await findings.undiagnosed(engine, 10)).runs.map((run) => run.id)
    expect(await findings.undiagnosed('1', 1)).toMatchObject({ total: 2, runs: [{ id: 'new' }] })
    for (const id of ['old', 'new']) await findings.save(diagnosis(id, (await store.run(id))!.rev))
    expect(await waiting()).toEqual([])
    expect(await waiting('2')).toEqual(['new', 'old'])
    writer.flush({ points: batch([['a', 0, 1]]) })
    expect(await waiting()).toEqual(['old'])
    await findings.confirm('old', (await store.run('old'))!.rev)
    expect(await waiting()).toEqual([])
  })

  test('the stamp changes with what a run logs and how it ends, not with what a person edits', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    const seen = new Set([await store.findings.stamp('r1')])
    await store.updateRun('r1', { notes: 'hello', tags: ['x'] })
    writer.flush({ patch: { heartbeatAt: WALL } })
    expect([...seen]).toEqual([await store.findings.stamp('r1')])
    writer.flush({ points: batch([['a', 0, 1]]) })
    seen.add(await store.findings.stamp('r1'))
    writer.flush({ records: [{ name: 'f', kind: 'finding', step: 0, wall: WALL, payload: {} }] })
    seen.add(await store.findings.stamp('r1'))
    writer.flush({ patch: { status: 'finished', endedAt: WALL } })
    seen.add(await store.findings.stamp('r1'))
    expect(seen.size).toBe(4)
    expect(await store.findings.stamp('nobody')).toBe('')
  })

  test('a tab hears of new findings and of muting, and reads only what changed', async () => {
    const { store } = at()
    for (const id of ['r1', 'r2']) {
      await store.createRun(newRun(id, { project: id }))
      await store.findings.save(diagnosis(id, (await store.run(id))!.rev))
    }
    const first = await store.findings.since(0)
    expect(first.findings.map(({ runId, rule, firstStep }) => [runId, rule, firstStep])).toEqual([
      ['r1', 'overfitting', 1200],
      ['r2', 'overfitting', 1200],
    ])
    const mute = await store.findings.mute({ project: 'r2', runId: null, rule: 'overfitting', subjects: null, reason: ' known ' })
    expect(mute).toMatchObject({ reason: 'known', at: expect.any(Number) })
    expect((await store.changes(first.rev)).findings).toMatchObject([{ id: 'r2', project: 'r2' }])
    expect((await store.changes(first.rev)).runs).toEqual([])
    expect((await store.findings.since(first.rev)).runIds).toEqual(['r2'])
    expect(await store.findings.mutes('r1')).toEqual([])
    expect(await store.findings.mutes()).toEqual([mute])
    const { rev } = await store.findings.since(0)
    expect(await store.findings.unmute(mute.id)).toEqual(mute)
    expect((await store.findings.since(rev)).runIds).toEqual(['r2'])
    await expect(store.findings.unmute(mute.id)).rejects.toMatchObject({ code: 'not_found' })
    const silent = store.findings.mute({ project: 'r1', runId: 'r1', rule: 'x', subjects: null, reason: ' ' })
    await expect(silent).rejects.toThrow('needs a reason')
  })

  test('roles of metrics are kept per project, and make its runs wait again', async () => {
    const { store } = at()
    for (const id of ['r1', 'r2']) {
      await store.createRun(newRun(id, { project: id }))
      await store.findings.save(diagnosis(id, (await store.run(id))!.rev))
    }
    await store.findings.setRoles('r1', { 'metric one': 'val-loss', b: 'train-loss' })
    expect(await store.findings.roles('r1')).toEqual({ 'metric one': 'val-loss', b: 'train-loss' })
    expect(await store.findings.roles('r2')).toEqual({})
    expect(await store.findings.undiagnosed('1', 10)).toMatchObject({ total: 1, runs: [{ id: 'r1' }] })
    expect((await store.findings.diagnosis('r1'))?.stamp).toBe('')
    await store.findings.setRoles('r1', {})
    expect(await store.findings.roles('r1')).toEqual({})
  })

  test('points can be read from a step on', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({ points: steps('a', 0, 3000, (step) => step) })
    writer.compact()
    writer.flush({ points: steps('a', 3000, 3010, (step) => step) })
    for (const from of [0, 1023, 2500, 3005, 4000]) {
      const read: number[] = []
      for await (const part of store.points('r1', 'a', { from })) read.push(...part.step)
      expect([read[0], read.length]).toEqual(from < 3010 ? [from, 3010 - from] : [undefined, 0])
    }
  })
}
