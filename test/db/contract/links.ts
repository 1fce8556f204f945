import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { NewLink, NewRecord } from '../../../db/store.ts'
import type { StoreUnderTest } from './make.ts'
import { newRun, WALL } from './make.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const link = (to: string, fields: Partial<NewLink> = {}): NewLink => ({ to, role: 'checkpoint', step: null, hash: null, detail: {}, ...fields })
const weights = (step: number, bytes: Uint8Array, payload: NewRecord['payload'] = { step, pruned: false }): NewRecord => ({
  name: 'checkpoint',
  kind: 'checkpoint',
  step,
  wall: WALL,
  payload,
  blob: bytes,
})

/** Links between runs; records whose bytes are given up. */
export function linksContract(at: () => StoreUnderTest): void {
  test('a link is seen from both ends, by the name the other run has now', async () => {
    const { store } = at()
    await store.createRun(newRun('teacher', { name: 'calm-heron-1' }))
    const writer = await store.createRun(newRun('student', { name: 'brave-otter-2' }))
    const hash = hashOf(Uint8Array.of(1))
    writer.flush({ links: [link('calm-heron-1', { step: 400, hash, detail: { layers: ['conv1'], loss: Number.NaN } })] })
    await store.updateRun('teacher', { name: 'renamed' })
    expect(await store.links('student')).toEqual({
      to: [
        {
          role: 'checkpoint',
          run: { id: 'teacher', name: 'renamed', number: 1, project: 'mnist', status: 'running', deleted: false },
          step: 400,
          hash,
          detail: { layers: ['conv1'], loss: 'NaN' },
          at: expect.any(Number),
        },
      ],
      from: [],
    })
    expect((await store.links('teacher')).from).toMatchObject([{ run: { id: 'student', name: 'brave-otter-2', number: 2 }, step: 400 }])
    expect(await store.links('nobody')).toEqual({ to: [], from: [] })
  })

  test('the same link again replaces its detail; another step or role is another link', async () => {
    const { store } = at()
    await store.createRun(newRun('a'))
    const writer = await store.createRun(newRun('b'))
    writer.flush({ links: [link('a', { detail: { try: 1 } }), link('a', { step: 3 }), link('a', { role: 'member' })] })
    writer.flush({ links: [link('a', { detail: { try: 2 } })] })
    const { to } = await store.links('b')
    expect(to.map(({ role, step, detail }) => [role, step, detail])).toEqual([
      ['checkpoint', 3, {}],
      ['member', null, {}],
      ['checkpoint', null, { try: 2 }],
    ])
  })

  test('a link that leads nowhere is refused with everything in its batch, but not as if the run itself were gone', async () => {
    const { store } = at()
    await store.createRun(newRun('parent-1'))
    const writer = await store.createRun(newRun('r1'))
    const refused = (links: NewLink[]) => expect(() => writer.flush({ links, patch: { notes: 'x' } }))
    refused([link('parent-2')]).toThrow(expect.objectContaining({ code: 'invalid_argument', message: expect.stringContaining('parent-1') }))
    refused([link('r1')]).toThrow(/itself/)
    refused([link('parent-1', { role: 'friend' as never })]).toThrow(/role/)
    expect((await store.run('r1'))?.notes).toBe('')
    expect((await store.links('r1')).to).toEqual([])
  })

  test('a link outlives either run, and goes with the second', async () => {
    const { store } = at()
    await store.createRun(newRun('a', { name: 'first' }))
    const writer = await store.createRun(newRun('b', { name: 'second' }))
    writer.flush({ links: [link('a', { step: 1 })] })
    const { rev } = await store.changes(0)
    await store.removeRuns(['a'])
    const gone = { id: 'a', name: 'first', number: null, project: null, status: null, deleted: true }
    expect((await store.links('b')).to).toMatchObject([{ run: gone, step: 1 }])
    expect((await store.changes(rev)).runs.map((run) => run.id)).toEqual(['b'])
    writer.flush({ links: [link('a', { step: 2 })] })
    expect((await store.links('b')).to.length).toBe(2)
    await store.removeRuns(['b'])
    expect(await store.links('a')).toEqual({ to: [], from: [] })
    expect(await store.links('b')).toEqual({ to: [], from: [] })
  })

  test('pruned records keep their row and say so; bytes go once nothing refers to them', async () => {
    const { store, another } = at()
    const other = await another()
    const [first, second, shared] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)]
    const writer = await store.createRun(newRun('r1'))
    const sharing = await other.createRun(newRun('r2'))
    sharing.flush({ records: [weights(9, shared)] })
    writer.flush({ records: [weights(1, first), weights(2, second), weights(3, shared), weights(4, first), { ...weights(5, first), name: 'other' }] })
    writer.flush({ prune: [{ name: 'checkpoint', steps: [1, 3, 77] }] })
    const records = await store.records({ runId: 'r1', name: 'checkpoint' })
    expect(records.map(({ step, payload, blobHash }) => [step, payload, blobHash])).toEqual([
      [1, { step: 1, pruned: true }, null],
      [2, { step: 2, pruned: false }, hashOf(second)],
      [3, { step: 3, pruned: true }, null],
      [4, { step: 4, pruned: false }, hashOf(first)],
    ])
    expect((await store.blob(hashOf(first)))?.bytes).toEqual(Buffer.from(first))
    expect((await store.blob(hashOf(shared)))?.bytes).toEqual(Buffer.from(shared))
    writer.flush({
      prune: [
        { name: 'checkpoint', steps: [4] },
        { name: 'other', steps: [5] },
      ],
    })
    expect(await store.blob(hashOf(first))).toBeNull()
    sharing.flush({ prune: [{ name: 'checkpoint', steps: [9] }] })
    expect(await other.blob(hashOf(shared))).toBeNull()
    sharing.flush({ records: [weights(10, shared)] })
    expect((await other.blob(hashOf(shared)))?.bytes).toEqual(Buffer.from(shared))
  })

  test('records of the same flush are pruned with it, in every attempt; what has no bytes stays as it is', async () => {
    const { store } = at()
    const bytes = Uint8Array.of(7)
    const first = await store.createRun(newRun('r1'))
    first.flush({ records: [weights(1, bytes)] })
    const second = await store.resumeRun('r1', { forkStep: null, startedAt: WALL, environment: {} })
    const text: NewRecord = { name: 'checkpoint', kind: 'text', step: 1, wall: WALL, payload: { text: 'hello' } }
    second.flush({ records: [weights(1, bytes), text], prune: [{ name: 'checkpoint', steps: [1] }] })
    const records = await store.records({ runId: 'r1', all: true })
    expect(records.map(({ kind, payload, blobHash }) => [kind, payload, blobHash])).toEqual([
      ['checkpoint', { step: 1, pruned: true }, null],
      ['checkpoint', { step: 1, pruned: true }, null],
      ['text', { text: 'hello' }, null],
    ])
    expect(await store.blob(hashOf(bytes))).toBeNull()
    expect((await store.info()).bytes).toBeGreaterThan(0)
  })
}
