import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cacheStore, eventFilesBeside, logsToServe, openLogs } from '../../cli/import/serve-logs.ts'
import { storePath } from '../../cli/store-path.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'
import { EVENTS, FIXTURES, fixture } from '../server/importers/import-folder.ts'
import { sourceFixture } from '../server/importers/import-path.ts'
import { ended, outputOf, runCli, startBundle } from './run-cli.ts'
import { writeSmallStore } from './small-store.ts'

let folder: TempFolder

beforeAll(() => {
  folder = tempFolder()
  cpSync(FIXTURES, join(folder.path, 'logs'), { recursive: true })
  mkdirSync(join(folder.path, 'other'))
  writeFileSync(join(folder.path, 'other/notes.txt'), 'no events')
})
afterAll(() => folder[Symbol.asyncDispose]())

const inFolder = (...args: string[]) => runCli(args, { cwd: folder.path })

describe('import', () => {
  it('makes the store, reports what was read, restarted and changed, and adds nothing the second time', async () => {
    const first = await inFolder('import', 'logs', '--into', 'new/runs.db', '--project', 'old')
    expect(first.exit).toBe(0)
    expect(first.stdout).toMatch(/^added 352 numbers and \d+ other records of \d+ events \([\d.]+ KiB\): 16 new runs\n/)
    expect(first.stdout).toContain('in all 16 runs, 17 files (1 empty)')
    expect(first.stdout).toContain(`oracle/session-start/${EVENTS} at byte 557: the program started again at step 6`)
    expect(first.stdout).toContain('27 numbers were replaced by a later one at the same step or by a restart; kept, not shown')
    expect(first.stdout).toContain('its time is NaN')
    const again = await inFolder('import', 'logs', '--into', 'new/runs.db', '--project', 'old')
    expect(again.stdout).toMatch(/^nothing new: all of it was imported before\n/)
    const { stdout } = await inFolder('ls', 'new/runs.db', '--json')
    const runs = JSON.parse(stdout) as { name: string; project: string; config: unknown; status: string }[]
    expect(runs).toHaveLength(16)
    expect(runs.find(({ name }) => name === 'tensorboardx/trial')).toMatchObject({
      project: 'old',
      status: 'finished',
      config: { lr: 0.1, nesterov: true, optimizer: 'sgd' },
      summary: { 'final/accuracy': 0.75 },
    })
  })

  it('prints its report as JSON, and takes a single file', async () => {
    const { stdout } = await inFolder('import', join('logs/oracle/ten', EVENTS), '--into', 'single.db', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ runs: 1, files: 1, points: 10, added: { points: 10 }, notes: [], incomplete: [] })
  })

  it('goes on with --watch until it is told to stop, and says what it waits for', async () => {
    const child = await startBundle(['import', 'later', '--into', 'watch.db', '--watch'], { cwd: folder.path })
    const end = ended(child)
    await outputOf(child, /no TensorBoard event file in .*later yet/)
    await outputOf(child, /watching for more/)
    mkdirSync(join(folder.path, 'later'))
    cpSync(fixture('oracle/ten'), join(folder.path, 'later/run'), { recursive: true })
    await outputOf(child, /10 numbers, 0 other records, 1 runs/)
    child.kill('SIGINT')
    expect((await end).exit).toBe(0)
    expect((await inFolder('import', 'later', '--into', 'watch.db')).stdout).toContain('nothing new')
  })

  it('finds out what a path holds and says so, in a dry run too; --format chooses another kind', async () => {
    cpSync(sourceFixture('keras'), join(folder.path, 'keras'), { recursive: true })
    const dry = await inFolder('import', 'keras', '--into', 'tables.db', '--dry-run')
    expect(dry.stderr).toMatch(/^lossboard: 1 history of Keras or TensorFlow\.js in .*keras; also there, not read: 1 CSV file \(--format csv\)\n$/)
    expect(dry.stdout).toMatch(/^dry run: nothing was written\nwould add 25 numbers and 0 other records of 5 epochs/)
    expect(existsSync(join(folder.path, 'tables.db'))).toBe(false)
    const csv = await inFolder('import', 'keras', '--into', 'tables.db', '--format', 'csv', '--map', 'loss=metric:train/loss')
    expect(csv.stdout).toContain('training.csv: metrics: "accuracy", "learning_rate", "loss" as train/loss, "val_accuracy", "val_loss"')
    const logs = await inFolder('import', 'logs', '--into', 'tables.db', '--dry-run')
    expect(logs.stdout).toMatch(/^dry run: nothing was written\nwould add 352 numbers/)
    const { stdout } = await inFolder('ls', 'tables.db', '--json')
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'training', project: 'keras' }])
    expect((await inFolder('import', 'keras', '--format', 'wandb')).stderr).toMatch(
      /no W&B run files in .*keras; there is 1 history .*: --format keras-history/,
    )
    expect((await inFolder('import', 'keras', '--watch')).stderr).toMatch(/--watch follows TensorBoard event files only/)
    expect((await inFolder('import', 'logs', '--step', 'x')).stderr).toMatch(/have no columns/)
    expect((await inFolder('import', 'tables.db')).stderr).toMatch(/a store of Lossboard: lossboard .* opens it/)
    expect((await inFolder('keras')).stderr).toMatch(
      /keras holds 1 history .*: to look at it, lossboard import keras --into runs\.db, then lossboard runs\.db\n$/,
    )
  })

  it('of a wrong path says what is near, and of a folder without event files what was searched', async () => {
    const missing = await inFolder('import', 'lgos')
    expect(missing).toMatchObject({ exit: 3, stdout: '', stderr: expect.stringMatching(/there is nothing at .*lgos: did you mean .*\/logs\?/) })
    const empty = await inFolder('import', 'other')
    expect(empty.stderr).toMatch(/no TensorBoard event file in .*other: 1 folder searched, 1 other file found; event files are in .*/)
    expect((await inFolder('import', 'logs', '--project', ' ')).exit).toBe(2)
  })
})

describe('serving a folder of event files', () => {
  it('means those without a store; one with both is told how to import', async () => {
    const logs = join(folder.path, 'logs')
    const named = storePath(logs, undefined)
    expect(await logsToServe(logs, named)).toBe(logs)
    expect(await logsToServe(undefined, storePath(undefined, undefined))).toBeNull()
    const other = join(folder.path, 'other')
    await expect(logsToServe(other, storePath(other, undefined))).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringMatching(/^no store at .*other\/lossboard\.db, and no TensorBoard event file in .*other: 1 folder searched/),
    })
    const both = join(folder.path, 'both')
    cpSync(fixture('oracle/ten'), join(both, 'run'), { recursive: true })
    await writeSmallStore(join(both, 'lossboard.db'))
    expect(await logsToServe(both, storePath(both, undefined))).toBeNull()
    expect(await eventFilesBeside(both, storePath(both, undefined))).toBe(
      `${both} also holds TensorBoard event files of 1 run, not shown: lossboard import ${both} --into ${both}/lossboard.db copies them into this store`,
    )
  })

  it('shows what is there and what comes, says where it is from, and leaves its copy to the next start', async () => {
    const root = join(folder.path, 'live')
    cpSync(fixture('oracle/ten'), join(root, 'one'), { recursive: true })
    const file = cacheStore(root, join(folder.path, 'cache'))
    const runs = async (logs: Awaited<ReturnType<typeof openLogs>>) => (await logs.store.overview({}, [])).runs.map(({ name }) => name).sort()
    const until = async (logs: Awaited<ReturnType<typeof openLogs>>, wanted: string[]) => {
      for (let tries = 0; tries < 300 && (await runs(logs)).join() !== wanted.join(); tries++) await sleep(50)
      expect(await runs(logs)).toEqual(wanted)
    }
    const first = await openLogs(root, file)
    await until(first, ['one'])
    const second = await openLogs(root, file)
    expect((await second.store.info()).warnings[0]).toContain('which another process of Lossboard reads')
    await second.store.close()
    await second.close()
    cpSync(fixture('oracle/double'), join(root, 'two'), { recursive: true })
    await until(first, ['one', 'two'])
    for (let tries = 0; tries < 100 && !(await first.store.info()).warnings[0]?.includes('2 files'); tries++) await sleep(50)
    expect((await first.store.info()).warnings[0]).toBe(`Shown from the TensorBoard event files in ${root}: 2 files.`)
    await first.close()
    await first.store.close()
    rmSync(join(root, 'one'), { recursive: true })
    const third = await openLogs(root, file)
    expect(await runs(third)).toEqual(['one', 'two'])
    await until(third, ['two'])
    await third.close()
    await third.store.close()
  })
})
