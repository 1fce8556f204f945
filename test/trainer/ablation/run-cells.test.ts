import { describe, expect, it } from 'vitest'
import { type CellOutcome, runCells } from '../../../trainer/ablation/run-cells.ts'
import type { Cell } from '../../../trainer/ablation/study-cells.ts'

const cells = (n: number): Cell[] =>
  Array.from({ length: n }, (_, seed) => ({ variant: { key: 'a', label: 'a', changes: [], config: {} }, seed, config: { seed } }))

/** Runs n cells; `status` decides what comes of each try. */
async function ran(
  n: number,
  options: { parallel?: number; retries?: number; stopAfter?: number; status?: (seed: number, attempt: number) => CellOutcome['status'] },
) {
  const { parallel = 1, retries = 0, stopAfter = Number.POSITIVE_INFINITY, status = () => 'finished' } = options
  const tries: number[] = []
  const said: string[] = []
  let running = 0
  let most = 0
  const outcomes = await runCells(cells(n), {
    parallel,
    retries,
    isStopped: () => tries.length >= stopAfter,
    async tryCell(cell) {
      tries.push(cell.seed)
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      const attempt = tries.filter((seed) => seed === cell.seed).length
      return { cell, status: status(cell.seed, attempt), runId: null, reason: null, seconds: 1 }
    },
    async onEnd(outcome, left, willRetry) {
      said.push(`${outcome.cell.seed} ${outcome.status} ${left}${willRetry ? ' again' : ''}`)
    },
  })
  return { tries, said, most, outcomes: outcomes.map(({ cell, status }) => [cell.seed, status]) }
}

describe('running cells', () => {
  it('goes through them in order and counts what is left', async () => {
    expect(await ran(3, {})).toEqual({
      tries: [0, 1, 2],
      said: ['0 finished 2', '1 finished 1', '2 finished 0'],
      most: 1,
      outcomes: [
        [0, 'finished'],
        [1, 'finished'],
        [2, 'finished'],
      ],
    })
  })

  it('runs as many at a time as asked, each once', async () => {
    const { tries, most } = await ran(7, { parallel: 3 })
    expect([tries.sort(), most]).toEqual([[0, 1, 2, 3, 4, 5, 6], 3])
    expect((await ran(2, { parallel: 8 })).most).toBe(2)
    expect((await ran(0, { parallel: 8 })).tries).toEqual([])
  })

  it('tries failed cells again after all others, so often and no oftener', async () => {
    const { tries, said, outcomes } = await ran(3, {
      retries: 2,
      status: (seed, attempt) => (seed === 0 && attempt < 3 ? 'failed' : seed === 1 ? 'failed' : 'finished'),
    })
    expect(tries).toEqual([0, 1, 2, 0, 1, 0, 1])
    expect(said[0]).toBe('0 failed 3 again')
    expect(said.at(-1)).toBe('1 failed 0')
    expect(outcomes).toEqual([
      [0, 'finished'],
      [1, 'failed'],
      [2, 'finished'],
    ])
  })

  it('starts nothing more once it is stopped or a cell was interrupted', async () => {
    expect((await ran(5, { stopAfter: 2 })).tries).toEqual([0, 1])
    expect((await ran(5, { retries: 3, status: (seed) => (seed === 1 ? 'interrupted' : 'failed') })).tries).toEqual([0, 1])
    expect((await ran(9, { parallel: 2, status: (seed) => (seed === 2 ? 'interrupted' : 'finished') })).tries.length).toBeLessThanOrEqual(4)
  })

  it('leaves a cell alone that somebody else took', async () => {
    expect((await ran(2, { retries: 5, status: () => 'taken' })).tries).toEqual([0, 1])
  })
})
