import { describe, expect, it } from 'vitest'
import type { RunFinding } from '../../core/findings/run-finding.ts'
import type { Run } from '../../core/run.ts'
import type { NewRecord } from '../../db/store.ts'
import { findingLine } from '../../trainer/finding-line.ts'
import { FindingWatch } from '../../trainer/worker/finding-watch.ts'
import { makeRow } from '../core/run-rows.ts'
import { newRun, points, tempStore } from '../server/temp-store.ts'

const RUN: Run = { ...makeRow({ id: 'r' }).run, project: 'p' }
const falling = (i: number) => 2.3 * Math.exp(-i / 120) + 0.02 * Math.sin(i)

function watching() {
  const told: RunFinding[] = []
  const watch = new FindingWatch((finding) => told.push(finding))
  watch.name(0, 'train/loss')
  watch.name(1, 'system/cpu')
  const log = (from: number, to: number, value: (step: number) => number) => {
    for (let step = from; step < to; step++) {
      watch.add(0, step, 1000 + step, value(step))
      watch.add(1, step, 1000 + step, Number.NaN)
    }
  }
  return { told, watch, log, rules: () => told.map(({ rule }) => rule) }
}

/** Past of a run is read between turns of the event loop. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a run watched as it logs', () => {
  it('tells each finding once, also what was logged before the store was open, and never of what no rule reads', async () => {
    const { watch, log, told, rules } = watching()
    log(0, 3000, falling)
    watch.open(RUN, null)
    await turn()
    watch.look(1_000)
    expect(rules()).toEqual([])
    log(3000, 3010, () => Number.NaN)
    watch.look(1e9)
    expect(rules()).toContain('non-finite')
    const [first] = told
    expect(first).toMatchObject({ severity: 'critical', firstStep: 3000 })
    expect(findingLine(first!, 'brave-otter-1')).toMatch(/^critical at step 3,000 of brave-otter-1: .+ · try: /)
    const n = told.length
    log(3010, 3020, () => Number.NaN)
    watch.look(1e9 + 1, true)
    expect(told.length).toBe(n)
  })

  it('looks at most once a second, and at the end in any case', async () => {
    const { watch, log, rules } = watching()
    watch.open(RUN, null)
    await turn()
    log(0, 200, falling)
    watch.look(1_000)
    log(200, 210, () => Number.NaN)
    watch.look(1_500)
    expect(rules()).toEqual([])
    watch.look(1_501, true)
    expect(rules()).toContain('non-finite')
  })

  it('hears of findings that the training code logs', async () => {
    const { watch, told } = watching()
    const payload = { code: 'leak', severity: 'critical' as const, title: 'Test data in training', detail: '', evidence: {} }
    const record: NewRecord = { name: 'leak', kind: 'finding', step: 7, wall: 5, payload }
    watch.open(RUN, null)
    await turn()
    watch.addRecords([record])
    watch.look(1_000, true)
    expect(told).toMatchObject([{ rule: 'leak', origin: 'logged', firstStep: 7 }])
  })

  it('does not tell again what a resumed run showed before, nor what is muted for the project; reads names as the store says', async () => {
    const temp = await tempStore()
    const writer = await newRun(temp.store, { id: 'r', project: 'p' })
    writer.flush({
      points: points('objective', [...Array.from({ length: 300 }, (_, i) => falling(i)), Number.NaN, Number.NaN, Number.NaN, Number.NaN]),
    })
    writer.close()
    await temp.store.findings.setRoles('p', { objective: 'train-loss' })
    const resumed = await temp.store.resumeRun('r', { forkStep: null, startedAt: Date.now(), environment: {} })
    const { watch, rules } = watching()
    watch.name(2, 'objective')
    const run = (await temp.store.run('r'))!
    watch.open(run, { run, store: temp.store })
    for (let i = 0; i < 20; i++) await turn()
    for (let step = 304; step < 330; step++) watch.add(2, step, step, Number.NaN)
    watch.look(1_000, true)
    expect(rules()).not.toContain('non-finite')
    resumed.close()

    await temp.store.findings.mute({ project: 'p', runId: null, rule: 'non-finite', subjects: null, reason: 'known' })
    const other = watching()
    const fresh = { ...RUN, id: 'new' }
    other.watch.open(fresh, { run: fresh, store: temp.store })
    await turn()
    other.log(0, 200, falling)
    other.log(200, 220, () => Number.NaN)
    other.watch.look(1_000, true)
    expect(other.rules()).not.toContain('non-finite')
    await temp.remove()
  })
})
