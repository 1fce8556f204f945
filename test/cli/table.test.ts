import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import { studyFromRuns, writeStudy } from '../../server/studies/study-from-runs.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'
import { ACCURACY, ablationRuns } from '../server/study-runs.ts'
import { runCli } from './run-cli.ts'

let folder: TempFolder

beforeAll(async () => {
  folder = tempFolder()
  const store = await openStore(join(folder.path, 'lossboard.db'), { mode: 'create' })
  const runIds = await ablationRuns(store)
  await writeStudy(
    store,
    await studyFromRuns(store, { name: 'parts', project: 'test', runIds, metrics: [ACCURACY], baseline: null, ignore: undefined }),
  )
  await store.close()
})
afterAll(() => folder[Symbol.asyncDispose]())

const inFolder = (...args: string[]) => runCli(args, { cwd: folder.path })

it('writes a table to standard output, or to a file that is whole', async () => {
  const printed = await inFolder('table', 'parts', '--format', 'markdown')
  expect(printed).toMatchObject({ exit: 0, stderr: '' })
  expect(printed.stdout).toContain('| w/o attention | 92.69 ± 0.07 | −1.58 |')
  const written = await inFolder('table', 'parts', '--format', 'markdown', '-o', 'table.md')
  expect(written).toMatchObject({ exit: 0, stdout: '' })
  expect(readFileSync(join(folder.path, 'table.md'), 'utf8')).toBe(printed.stdout)
})

it('says in one line what is wrong, and leaves nothing behind', async () => {
  const before = readdirSync(folder.path)
  const unknown = await inFolder('table', 'party', '-o', 'out.tex')
  expect(unknown).toMatchObject({ exit: 3, stdout: '' })
  expect(unknown.stderr.trim().split('\n')).toEqual([expect.stringMatching(/party.*parts/)])
  expect((await inFolder('table', 'parts', '--format', 'latx')).stderr).toMatch(/latx/)
  expect((await inFolder('table', 'parts', '-o', 'no/such/folder.tex')).stderr).toMatch(/its folder does not exist/)
  expect(readdirSync(folder.path)).toEqual(before)
})
