import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AblateOptions, TrainCell } from '../../../trainer/index.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from '../fixtures/built-library.ts'
import { withStore } from '../fixtures/stored-run.ts'

interface Base {
  lr: number
  part: boolean
}

const declared = (dir: string, more: Partial<AblateOptions<Base>> = {}): AblateOptions<Base> => ({
  name: 'parts',
  project: 'p',
  dir,
  quiet: true,
  base: { lr: 0.1, part: true },
  without: { part: { part: false } },
  seeds: [0, 1],
  metrics: { acc: { goal: 'max' } },
  ...more,
})

/** Remembers what was trained. */
function trainer(fails: (config: Base & { seed: number }) => boolean = () => false) {
  const trained: string[] = []
  const train: TrainCell<Base> = (config, run, cell) => {
    trained.push(`${cell.variant} ${config.seed}`)
    run.log({ acc: config.part ? 0.9 : 0.8 })
    if (fails(config)) throw new Error(`boom\nat ${config.seed}`)
  }
  return { trained, train }
}

const states = (result: Awaited<ReturnType<typeof ablate>>) => result.cells.map(({ variant, seed, status }) => `${variant} ${seed} ${status}`)

/** The bundle, as users have it: each run starts a thread, which takes a second from source. */
let built: BuiltLibrary
let ablate: typeof import('../../../trainer/index.ts').ablate
const exitCode = process.exitCode
beforeAll(async () => {
  built = await buildLibrary()
  const library = (await import(join(built.folder, 'node_modules/lossboard/dist/index.js'))) as typeof import('../../../trainer/index.ts')
  ablate = library.ablate
})
afterAll(async () => {
  process.exitCode = exitCode
  await built[Symbol.asyncDispose]()
})

describe('ablate', () => {
  it('trains every variant with every seed, seed by seed, each as a run in its place', async () => {
    await using folder = tempFolder()
    const { trained, train } = trainer()
    const { study, cells, interrupted } = await ablate(declared(folder.store), train)
    expect(trained).toEqual(['full model 0', 'w/o part 0', 'full model 1', 'w/o part 1'])
    expect([interrupted, cells.map(({ status }) => status)]).toEqual([false, Array(4).fill('finished')])
    expect(study.runs.map(({ variant, seed }) => [variant, seed])).toEqual([
      ['base', 0],
      ['without/part', 0],
      ['base', 1],
      ['without/part', 1],
    ])
    await withStore(folder.store, async (store) => {
      const run = await store.run(study.runs[1]?.runId ?? '')
      expect(run).toMatchObject({
        project: 'p',
        group: 'w/o part',
        tags: ['study:parts'],
        seed: 0,
        status: 'finished',
        config: { lr: 0.1, part: false, seed: 0 },
      })
      expect((await store.series(run?.id ?? '')).find(({ name }) => name === 'acc')).toMatchObject({ last: 0.8, goal: 'max' })
      expect((await store.studies()).map(({ name, runs }) => [name, runs.finished])).toEqual([['parts', 4]])
    })
  })

  it('does not run again what is finished, and adds what is new', async () => {
    await using folder = tempFolder()
    await ablate(declared(folder.store), trainer().train)
    const again = trainer()
    await ablate(declared(folder.store), again.train)
    expect(again.trained).toEqual([])
    const more = trainer()
    const { study } = await ablate(declared(folder.store, { seeds: [1, 2], without: { lr: { lr: 0 } } }), more.train)
    expect(more.trained).toEqual(['w/o lr 1', 'full model 2', 'w/o lr 2'])
    expect(study.seeds).toEqual([1, 2])
    expect(study.variants.map(({ label }) => label)).toEqual(['full model', 'w/o lr', 'w/o part'])
    expect(study.runs.length).toBe(7)
  })

  it('tries a failed cell again at the end, shows what fails, and tries it anew at the next call', async () => {
    await using folder = tempFolder()
    const first = trainer(({ part, seed }) => !part && seed === 0)
    const result = await ablate(declared(folder.store), first.train)
    expect(first.trained).toEqual(['full model 0', 'w/o part 0', 'full model 1', 'w/o part 1', 'w/o part 0'])
    expect(states(result)[1]).toBe('w/o part 0 failed')
    expect(result.cells[1]?.reason).toBe('boom')
    expect(result.study.runs.length).toBe(5)
    const second = trainer()
    expect(states(await ablate(declared(folder.store, { retries: 0 }), second.train))[1]).toBe('w/o part 0 finished')
    expect(second.trained).toEqual(['w/o part 0'])
  })

  it('refuses a changed config once there are runs, and begins anew when asked', async () => {
    await using folder = tempFolder()
    await ablate(declared(folder.store, { seeds: 1 }), trainer().train)
    const changed = declared(folder.store, { seeds: 1, base: { lr: 0.2, part: true } })
    const refused = trainer()
    await expect(ablate(changed, refused.train)).rejects.toThrow(/the base changed \(lr: 0.1 → 0.2\). Its 2 runs were trained.*restart/)
    await expect(ablate(declared(folder.store, { seeds: 1, without: { part: { part: null } } }), refused.train)).rejects.toThrow(
      /"w\/o part" changed \(part: false → null\)/,
    )
    await expect(ablate(declared(folder.store, { without: undefined as never, grid: { lr: [1, 2] } }), refused.train)).rejects.toThrow(
      /none of its variants is declared any more/,
    )
    expect(refused.trained).toEqual([])
    const restarted = await ablate({ ...changed, restart: true }, trainer().train)
    expect(restarted.study.runs.length).toBe(2)
    await withStore(folder.store, async (store) => expect((await store.info()).runs).toBe(4))
    const other = trainer()
    await ablate({ ...declared(folder.store, { seeds: 1 }), name: 'another' }, other.train)
    expect(other.trained.length).toBe(2)
  })

  it('runs a cell again whose run was deleted, and counts what the training itself calls failed as failed', async () => {
    await using folder = tempFolder()
    const { study } = await ablate(declared(folder.store, { seeds: 1 }), async (_, run) => {
      run.log({ acc: 1 })
      await run.finish()
    })
    const { openStore } = await import('../../../db/open.ts')
    const store = await openStore(folder.store)
    await store.removeRuns([study.runs[0]?.runId ?? ''])
    await store.close()
    const gone = await ablate(
      declared(folder.store, { seeds: 1, retries: 0 }),
      (_, run) => run.finish({ status: 'failed', reason: 'diverged' }) as Promise<unknown>,
    )
    expect(gone.cells.map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', 'diverged'],
      ['finished', null],
    ])
  })

  it('gives each training a config of its own', async () => {
    await using folder = tempFolder()
    const seen: number[] = []
    await ablate(declared(folder.store), (config) => {
      seen.push(config.lr)
      config.lr = 99
    })
    expect(seen).toEqual([0.1, 0.1, 0.1, 0.1])
  })

  it('refuses what is no study before anything is stored', async () => {
    await using folder = tempFolder()
    await expect(ablate(declared(folder.store, { metrics: {} }), () => {})).rejects.toThrow(/metrics is empty/)
    await expect(ablate(declared(folder.store), undefined as never)).rejects.toThrow(/needs a function that trains/)
    await expect(withStore(folder.store, async () => {})).rejects.toMatchObject({ code: 'not_found' })
  })
})
