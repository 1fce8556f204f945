import { afterAll, beforeAll, expect, it } from 'vitest'
import { RULE_NAMES } from '../../core/diagnosis/rule-names.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { send } from './send.ts'
import { type TempStore, tempStore } from './temp-store.ts'

let temp: TempStore
let server: RunningServer
beforeAll(async () => {
  temp = await tempStore()
  server = await startServer({ store: temp.store, port: 0 })
})
afterAll(async () => {
  await server.close()
  await temp.remove()
})

it('every finding leads to the page about it, which runs nothing and loads nothing from elsewhere', async () => {
  for (const code of Object.values(RULE_NAMES)) {
    const { status, headers, text } = await send(server.port, `/api/docs/diagnosis/${code}`)
    expect([code, status, headers['content-type']]).toEqual([code, 200, 'text/html; charset=utf-8'])
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(text).toMatch(/<h1>.+<\/h1>/)
    expect(text).not.toMatch(/<script|href="[a-z0-9-]+\.md|src="(?!\/api\/docs\/images\/)/)
  }
})

it('reads nothing else', async () => {
  for (const path of ['diagnosis/nothing', 'diagnosis/..%2f..%2fREADME', '../package.json', 'images/diagnosis/../../README.md', 'cli', ''])
    expect([path, (await send(server.port, `/api/docs/${path}`)).status]).toEqual([path, 404])
})
