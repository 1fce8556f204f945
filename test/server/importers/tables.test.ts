/** CSV, JSONL and Keras histories. */
import { appendFileSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportProgress } from '../../../core/import-report.ts'
import { openStore } from '../../../db/open.ts'
import { csvReader } from '../../../server/importers/csv.ts'
import { NO_COLUMNS } from '../../../server/importers/importer.ts'
import { importRows } from '../../../server/importers/intake/import-rows.ts'
import { type TempFolder, tempFolder } from '../../fixtures/temp-folder.ts'
import { importPath, plain, sourceFixture, storedRuns } from './import-path.ts'

function write(folder: TempFolder, name: string, text: string | Buffer): string {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

describe('CSV', () => {
  it('as Keras writes it: epochs are steps, every number exact, and how it was read is said', async () => {
    await using folder = tempFolder()
    const report = await importPath('csv', sourceFixture('keras', 'training.csv'), folder.store)
    expect(report.reading).toEqual([
      'training.csv: separated by ","',
      'training.csv: step: "epoch", which counts epochs',
      'training.csv: time: no column; the time of the file stands for it',
      'training.csv: run: no column; the file is one run',
      'training.csv: metrics: "accuracy", "learning_rate", "loss", "val_accuracy", "val_loss"',
    ])
    const { training } = await storedRuns(folder.store)
    expect(plain(training!.lines.loss)?.[4]).toEqual([4, 0.6298759579658508])
  })

  it('with several runs, a time, a config, empty cells, spellings of what is not finite, and cells that say nothing: told by line', async () => {
    await using folder = tempFolder()
    const path = write(
      folder,
      'runs.csv',
      [
        'run,step,timestamp,lr,model,loss,acc,remark',
        'a,0,1700000000.5,0.1,small,1,,"two',
        'lines"',
        'a,1,1700000001.5,0.1,small,nan,0.5,x',
        'b,0,1700000002.5,0.2,large,-Inf,1.#INF,y',
        'b,0.5,1700000003.5,0.2,large,2,,',
        'b,1,yesterday,0.2,large,oops,0.25,',
        '',
      ].join('\n'),
    )
    const report = await importPath('csv', path, folder.store)
    expect(report.reading).toContain('runs.csv: time: "timestamp" (s since 1970)')
    expect(report.notes.map(({ place, reason, run }) => [run, place, reason])).toEqual([
      ['b', 'line 6', 'its step is "0.5": a step must be a whole number within ±2^53'],
      ['b', 'line 7', 'its time "yesterday" cannot be read: the time of the file stands for it'],
      ['b', 'line 7', 'loss: "oops" is no number'],
    ])
    const { a, b } = await storedRuns(folder.store)
    expect(a!.run.config).toEqual({ model: 'small' })
    expect(plain(a!.lines.loss)).toEqual([
      [0, 1],
      [1, Number.NaN],
    ])
    expect(plain(a!.lines.acc)).toEqual([[1, 0.5]])
    expect(plain(b!.lines.loss)).toEqual([[0, Number.NEGATIVE_INFINITY]])
    expect(plain(b!.lines.acc)).toEqual([
      [0, Number.POSITIVE_INFINITY],
      [1, 0.25],
    ])
    const chosen = await importPath('csv', path, join(folder.path, 'chosen.db'), {
      columns: { ...NO_COLUMNS, time: 'timestamp', run: 'model', map: ['acc=metric:val/accuracy', 'lr=config', 'loss=ignore'] },
    })
    expect(chosen.reading).toContain('runs.csv: run: "model"')
    const again = await storedRuns(join(folder.path, 'chosen.db'))
    expect(again.small!.run.config).toEqual({ lr: 0.1 })
    expect(again.small!.lines).toEqual({ 'val/accuracy': [[1, 1_700_000_001_500, 0.5]] })
  })

  it('with a row for each number, separated by tabs, and with decimal commas', async () => {
    await using folder = tempFolder()
    const long = write(folder, 'long.tsv', 'run\tmetric\tstep\tvalue\na\tloss\t0\t1\na\tacc\t0\t0.5\nb\tloss\t3\t2\n')
    await importPath('csv', long, folder.store)
    const comma = write(folder, 'comma.csv', 'step;loss\n0;0,5\n1;0,25\n')
    expect((await importPath('csv', comma, folder.store)).reading).toContain('comma.csv: numbers have a decimal comma')
    const runs = await storedRuns(folder.store)
    expect([plain(runs.a!.lines.loss), plain(runs.a!.lines.acc), plain(runs.b!.lines.loss)]).toEqual([[[0, 1]], [[0, 0.5]], [[3, 2]]])
    expect(plain(runs.comma!.lines.loss)).toEqual([
      [0, 0.5],
      [1, 0.25],
    ])
  })

  it('without a row of names, with a byte order mark, as UTF-16, empty', async () => {
    await using folder = tempFolder()
    const bare = await importPath('csv', write(folder, 'bare.csv', '0,1\n1,0.5\n'), folder.store, {
      columns: { ...NO_COLUMNS, step: '1', map: ['2=metric:loss'] },
    })
    expect(bare.reading).toContain('bare.csv: separated by ","; no row of names: columns are numbered')
    await importPath('csv', write(folder, 'marked.csv', '\uFEFFstep,loss\r\n0,1\r\n'), folder.store)
    await importPath('csv', write(folder, 'wide.csv', Buffer.from('\uFEFFstep,loss\r\n0,1\r\n', 'utf16le')), folder.store)
    const empty = await importPath('csv', write(folder, 'empty.csv', ''), folder.store)
    expect(empty).toMatchObject({ runs: 0, points: 0, notes: [{ file: 'empty.csv', reason: 'it is empty' }] })
    const runs = await storedRuns(folder.store)
    expect(plain(runs.bare!.lines.loss)).toEqual([
      [0, 1],
      [1, 0.5],
    ])
    expect([plain(runs.marked!.lines.loss), plain(runs.wide!.lines.loss)]).toEqual([[[0, 1]], [[0, 1]]])
  })

  it('refuses columns and roles that are not there, and a dry run writes nothing', async () => {
    await using folder = tempFolder()
    const path = write(folder, 'a.csv', 'step,loss\n0,1\n')
    const refused = (columns: object) => importPath('csv', path, folder.store, { dryRun: true, columns: { ...NO_COLUMNS, ...columns } })
    await expect(refused({ step: 'stepp' })).rejects.toMatchObject({
      code: 'invalid_option',
      message: '--step: no column "stepp"; did you mean "step"?',
    })
    await expect(refused({ map: ['loss=number'] })).rejects.toMatchObject({
      message: expect.stringContaining('no role "number"; there is step, time'),
    })
    await expect(refused({ map: ['loss'] })).rejects.toMatchObject({ message: expect.stringContaining('write COLUMN=ROLE') })
    await expect(refused({ time: 'loss' })).rejects.toMatchObject({ message: expect.stringContaining('which is no time') })
    const report = await refused({})
    expect(report).toMatchObject({ dryRun: true, newRuns: 1, added: { points: 1 } })
    const { existsSync } = await import('node:fs')
    expect(existsSync(folder.store)).toBe(false)
  })
})

describe('importing a table again', () => {
  it('that grew adds what is new; that is the same, nothing; that was changed, makes another run', async () => {
    await using folder = tempFolder()
    const path = write(folder, 'a.csv', 'step,loss\n0,1\n1,0.5\n')
    await importPath('csv', path, folder.store)
    expect((await importPath('csv', path, folder.store)).added).toEqual({ events: 0, points: 0, records: 0, bytes: 0 })
    appendFileSync(path, '2,0.25\n')
    expect(await importPath('csv', path, folder.store)).toMatchObject({ newRuns: 0, grownRuns: 1, added: { points: 1 } })
    expect(plain((await storedRuns(folder.store)).a!.lines.loss)).toEqual([
      [0, 1],
      [1, 0.5],
      [2, 0.25],
    ])
    write(folder, 'a.csv', 'step,loss\n0,1\n1,0.7\n2,0.25\n')
    expect(await importPath('csv', path, folder.store)).toMatchObject({ newRuns: 1, added: { points: 3 } })
    // The newest of the two is the one that goes on.
    appendFileSync(path, '3,0.1\n')
    expect(await importPath('csv', path, folder.store)).toMatchObject({ newRuns: 0, grownRuns: 1, added: { points: 1 } })
  })

  it('that was stopped in the middle goes on where it was, and stores nothing twice', async () => {
    await using folder = tempFolder()
    const rows = Array.from({ length: 120_000 }, (_, i) => `${i % 3},${Math.floor(i / 3)},${i}`)
    const path = write(folder, 'long.csv', `run_id,step,loss\n${rows.join('\n')}\n`)
    const store = await openStore(folder.store, { mode: 'create' })
    const stop = new AbortController()
    const request = { root: path, storeFile: folder.store, project: null, dryRun: false, follow: false, columns: NO_COLUMNS }
    const onProgress = ({ read, total }: ImportProgress) => read > 0.7 * total && stop.abort(new Error('stopped'))
    await expect(importRows(csvReader, request, { store, signal: stop.signal, onProgress })).rejects.toThrow('stopped')
    await store.close()
    const report = await importPath('csv', path, folder.store)
    expect(report).toMatchObject({ newRuns: 0, grownRuns: 3, points: 120_000 })
    expect(report.added.points).toBeLessThan(60_000)
    const runs = await storedRuns(folder.store)
    expect(plain(runs['1']!.lines.loss)).toEqual(Array.from({ length: 40_000 }, (_, step) => [step, step * 3 + 1]))
  })

  it('that lost its end keeps what was imported, and says so', async () => {
    await using folder = tempFolder()
    const path = write(folder, 'a.csv', 'step,loss\n0,1\n1,0.5\n')
    await importPath('csv', path, folder.store)
    write(folder, 'a.csv', 'step,loss\n0,1\n')
    const report = await importPath('csv', path, folder.store)
    expect(report.notes.map(({ reason }) => reason)).toEqual(['loss holds 1 numbers here and held 2 when it was imported: those stay'])
    expect(plain((await storedRuns(folder.store)).a!.lines.loss)).toHaveLength(2)
  })

  it('of more numbers than are stored at once, of many runs side by side, keeps every one', async () => {
    await using folder = tempFolder()
    const rows = Array.from({ length: 70_000 }, (_, i) => `${i % 7},${Math.floor(i / 7)},${i}`)
    const path = write(folder, 'many.csv', `run_id,step,loss\n${rows.join('\n')}\n`)
    expect(await importPath('csv', path, folder.store)).toMatchObject({ newRuns: 7, points: 70_000, added: { points: 70_000 } })
    const runs = await storedRuns(folder.store)
    expect(plain(runs['3']!.lines.loss)).toEqual(Array.from({ length: 10_000 }, (_, step) => [step, step * 7 + 3]))
  })
})

describe('JSONL', () => {
  it('takes nested keys, bare NaN, keys that come later, and tells lines that are no object', async () => {
    await using folder = tempFolder()
    const path = write(
      folder,
      'log.jsonl',
      '{"step": 0, "loss": 1.0, "eval": {"acc": 0.5}, "model": "a", "note": "NaN in text"}\n{"step": 1, "loss": NaN, "eval": {"acc": -Infinity}, "model": "a"}\nbroken\n[1]\n\n{"step": 2, "loss": -0.0, "late": 7}',
    )
    const report = await importPath('jsonl', path, folder.store)
    expect(report.reading).toContain('log.jsonl: metrics: "loss", "eval/acc", "late"')
    expect(report.notes.map(({ place, reason }) => [place, reason])).toEqual([
      ['line 3', 'it is no JSON'],
      ['line 4', 'it is no JSON object'],
    ])
    const { log } = await storedRuns(folder.store)
    expect(plain(log!.lines.loss)).toEqual([
      [0, 1],
      [1, Number.NaN],
      [2, -0],
    ])
    expect(plain(log!.lines['eval/acc'])?.[1]).toEqual([1, Number.NEGATIVE_INFINITY])
    expect(log!.run.config).toMatchObject({ model: 'a' })
  })
})

describe('Keras', () => {
  it('takes `history.history` by epoch, with the names of both sides of a metric, and its learning rate', async () => {
    await using folder = tempFolder()
    const report = await importPath('keras-history', sourceFixture('keras'), folder.store)
    expect(report.reading?.at(-1)).toBe(
      'history.json: metrics: "accuracy" as train/accuracy, "loss" as train/loss, "val_accuracy" as val/accuracy, "val_loss" as val/loss, "learning_rate" as lr',
    )
    const { history } = await storedRuns(folder.store)
    expect(plain(history!.lines['val/loss'])?.[0]).toEqual([0, 0.702542245388031])
    expect(Object.keys(history!.lines).sort()).toEqual(['lr', 'train/accuracy', 'train/loss', 'val/accuracy', 'val/loss'])
  })

  it("takes TensorFlow.js' history with its epochs and parameters, and tells a null", async () => {
    await using folder = tempFolder()
    const path = write(
      folder,
      'tfjs.json',
      JSON.stringify({ epoch: [3, 4], history: { loss: [1, Number.NaN], val_loss: [2, 3] }, params: { epochs: 5 } }),
    )
    const report = await importPath('keras-history', path, folder.store)
    expect(report.notes.map(({ place, reason }) => [place, reason])).toEqual([['epoch 1', 'loss: null, which is how JSON writes NaN, is no number']])
    const { tfjs } = await storedRuns(folder.store)
    expect(tfjs!.run.config).toEqual({ epochs: 5 })
    expect(plain(tfjs!.lines['val/loss'])).toEqual([
      [3, 2],
      [4, 3],
    ])
    // Not every JSON file is a history.
    cpSync(sourceFixture('keras', 'history.json'), join(folder.path, 'other.txt'))
    write(folder, 'package.json', '{"name": "x", "files": ["a"]}')
    expect((await importPath('keras-history', folder.path, folder.store)).files).toBe(1)
  })
})
