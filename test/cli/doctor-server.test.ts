import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import type { Finding } from '../../cli/doctor/check.ts'
import { journals } from '../../cli/doctor/journals.ts'
import { server as check } from '../../cli/doctor/server.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { serverHere } from '../trainer/server/remote.ts'

const STORE = { file: 'unused.db', named: false }

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function look(url: string, token = ''): Promise<Finding[]> {
  vi.stubEnv('LOSSBOARD_URL', url)
  vi.stubEnv('LOSSBOARD_TOKEN', token)
  return check(STORE)
}

it('says nothing of a server when none is set', async () => {
  expect(await look('')).toEqual([])
})

it('tells a wrong address, and a server that is not there, with what to do', async () => {
  expect(await look('gpu:6006')).toMatchObject([{ status: 'problem', detail: expect.stringContaining('did you mean http://gpu:6006?') }])
  expect(await look('http://127.0.0.1:9')).toMatchObject([
    { status: 'problem', detail: 'http://127.0.0.1:9: nothing listens there (ECONNREFUSED)', mend: expect.stringContaining('lossboard serve') },
  ])
})

it('looks whether the token may write, and whether the clocks agree', async () => {
  await using folder = tempFolder()
  await using at = await serverHere(folder.store)
  expect(await look(at.url)).toMatchObject([{ status: 'ok', detail: expect.stringMatching(/answers: Lossboard \d/) }])
  const reader = await at.store.tokens.create({ name: 'viewer', scope: 'read', project: null, expiresAt: null })
  const writer = await at.store.tokens.create({ name: 'laptop', scope: 'write', project: 'p', expiresAt: null })
  expect(await look(at.url)).toMatchObject([{ status: 'problem', detail: expect.stringContaining('refuses (401): this server wants a token') }])
  expect(await look(at.url, reader.text)).toMatchObject([{ status: 'problem', detail: expect.stringContaining('"viewer", which may only read') }])
  expect(await look(at.url, 'lb_nobody_knows')).toMatchObject([{ status: 'problem', detail: expect.stringContaining('refuses (401)') }])
  expect(await look(at.url, writer.text)).toMatchObject([{ status: 'ok', detail: expect.stringContaining('token "laptop" (write, only project p)') }])
})

it('finds the journals that wait to be sent', async () => {
  await using folder = tempFolder()
  vi.stubEnv('LOSSBOARD_DIR', folder.store)
  expect(await journals(STORE)).toEqual([])
  const journal = join(folder.path, 'lossboard-journal', 'w-1')
  mkdirSync(journal, { recursive: true })
  writeFileSync(join(journal, 'open.json'), JSON.stringify({ version: 1, url: null, ended: true, run: { writer: 'w-1', id: 'r', project: 'p' } }))
  expect(await journals(STORE)).toMatchObject([{ status: 'warning', detail: expect.stringContaining('1 run has not wholly reached a server') }])
})
