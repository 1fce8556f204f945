import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type IngestServer, ingestServer } from '../server/ingest/ingest-server.ts'
import { sync } from '../trainer/server/remote.ts'
import { PYTHON_SCRIPT, typeScriptClient } from './client-script.ts'
import { HAS_PYTHON, runPythonBeside } from './run-python.ts'
import { everything } from './stored-run.ts'

describe.runIf(HAS_PYTHON)('the same script in Python over HTTP and in TypeScript to the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-python-http-'))
  let at: IngestServer
  beforeAll(async () => {
    at = await ingestServer()
    await typeScriptClient(at.temp.path, 'typescript')
  })
  afterAll(async () => {
    await at?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const environment = (more: Record<string, string>) => ({ LOSSBOARD_DIR: folder, LOSSBOARD_URL: at.server.url, ...more })

  test('is stored the same, value by value, and leaves no journal', async () => {
    await runPythonBeside(['-c', PYTHON_SCRIPT], environment({ ID: 'python' }))
    const expected = await everything(at.temp.store, 'typescript')
    expect(Object.keys(expected.points)).toHaveLength(6)
    expect(await everything(at.temp.store, 'python')).toEqual(expected)
    expect(existsSync(join(folder, 'lossboard-journal'))).toBe(false)
  })

  test('is stored the same when it was logged offline and synced twice', async () => {
    await runPythonBeside(['-c', PYTHON_SCRIPT], environment({ ID: 'offline', LOSSBOARD_MODE: 'offline' }))
    const first = await runPythonBeside(['-m', 'lossboard', 'sync', folder], environment({}))
    expect(first.stdout).toContain('9019 points, 5 records')
    expect((await runPythonBeside(['-m', 'lossboard', 'sync'], environment({}))).stdout).toContain('nothing to send')
    expect(await everything(at.temp.store, 'offline')).toEqual(await everything(at.temp.store, 'typescript'))
  })

  test('is stored the same when TypeScript logs over HTTP too', async () => {
    vi.stubEnv('LOSSBOARD_URL', at.server.url)
    vi.stubEnv('LOSSBOARD_DIR', folder)
    await typeScriptClient(undefined, 'typescript-http')
    vi.unstubAllEnvs()
    expect(await everything(at.temp.store, 'typescript-http')).toEqual(await everything(at.temp.store, 'typescript'))
  })

  test('each syncs the journal of the other', async () => {
    const expected = await everything(at.temp.store, 'typescript')
    vi.stubEnv('LOSSBOARD_MODE', 'offline')
    vi.stubEnv('LOSSBOARD_DIR', folder)
    await typeScriptClient(undefined, 'by-python')
    vi.unstubAllEnvs()
    const { stdout } = await runPythonBeside(['-m', 'lossboard', 'sync', folder], environment({}))
    expect(stdout).toContain('9019 points, 5 records')
    expect(await everything(at.temp.store, 'by-python')).toEqual(expected)
    for (const [id, where] of [
      ['by-typescript', ['--url', at.server.url]],
      ['into-a-file', ['--into', at.temp.path]],
    ] as const) {
      await runPythonBeside(['-c', PYTHON_SCRIPT], { LOSSBOARD_DIR: folder, LOSSBOARD_MODE: 'offline', ID: id })
      expect(await sync(...where, folder)).toMatchObject([{ status: 'synced', sent: { points: 9019, records: 5 } }])
      expect(await everything(at.temp.store, id)).toEqual(expected)
    }
    expect(existsSync(join(folder, 'lossboard-journal'))).toBe(false)
  })

  test('a run that is resumed goes on where the server says', async () => {
    const resume =
      'import lossboard; run = lossboard.init(project="contract", id="python", resume="must", quiet=True); print(run.next_step, run.config.lr)'
    expect((await runPythonBeside(['-c', resume], environment({}))).stdout).toBe('3009 0.1\n')
  })
})
