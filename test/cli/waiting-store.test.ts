import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { waitingStore } from '../../cli/waiting-store.ts'
import { openStore } from '../../db/open.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { type Reply, send } from '../server/send.ts'

let folder: string
let file: string
let server: RunningServer
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lossboard-waiting-'))
  file = join(folder, 'lossboard.db')
  server = await startServer({ store: waitingStore(file, () => openStore(file, { mode: 'write' })), port: 0 })
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const begin = (): Promise<Reply> =>
  send(server.port, '/api/v1/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ writer: 'w1', id: 'r1', project: 'far' }),
  })

it('a run that comes over HTTP makes the store that the dashboard waits for', async () => {
  expect((await begin()).status).toBe(201)
  await expect.poll(async () => (await send(server.port, '/api/trpc/projects.list')).text).toContain('"far"')
})

it('tokens of a store that appears count from its first request on', async () => {
  const store = await openStore(file, { mode: 'create' })
  await store.tokens.create({ name: null, scope: 'write', project: null, expiresAt: null })
  await store.close()
  expect((await begin()).status).toBe(401)
})
