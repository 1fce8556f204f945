import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ERRORS, type ErrorCode } from '../../../core/errors.ts'
import { INGEST_LIMITS } from '../../../server/ingest/limits.ts'
import { ROOT } from '../../architecture/source-files.ts'
import { allPoints } from '../../db/contract/make.ts'
import { send } from '../send.ts'
import { type IngestServer, ingestServer } from './ingest-server.ts'

const page = readFileSync(join(ROOT, 'docs/http.md'), 'utf8')

let at: IngestServer
beforeAll(async () => {
  at = await ingestServer()
})
afterAll(() => at.stop())

it('the example with curl does what it says', async () => {
  const script = /```sh\n(# LOSSBOARD_URL.*?)```/s.exec(page)?.[1] ?? ''
  const { stdout, stderr } = await promisify(execFile)('bash', ['-euc', script], {
    env: { ...process.env, LOSSBOARD_URL: `http://127.0.0.1:${at.server.port}`, LOSSBOARD_TOKEN: '' },
  })
  expect(stderr).toBe('')
  expect(stdout.match(/"duplicate":\w+/g)).toEqual(['"duplicate":false', '"duplicate":true'])
  const { runs } = await at.temp.store.overview({}, [])
  expect(runs).toMatchObject([{ project: 'curl', status: 'finished', config: { lr: 0.1 } }])
  expect(await allPoints(at.temp.store, runs[0]!.id, 'train/loss')).toEqual([
    [0, 0.9],
    [1, Number.NaN],
    [2, 0.5],
  ])
  expect(await at.temp.store.records({ runId: runs[0]!.id })).toMatchObject([{ payload: { text: 'epoch 1 done\n' } }])
})

it('the errors stand under their status', () => {
  for (const [, status, codes] of page.matchAll(/^\| ([\d, ]+) \| (`.*?) \|/gm))
    for (const [, code] of codes!.matchAll(/`(\w+)`/g)) {
      if (!Object.hasOwn(ERRORS, code!)) continue
      expect(status!.split(', ')).toContain(String(ERRORS[code as ErrorCode].http))
    }
})

it('the limits are those of the server', async () => {
  const told = (await send(at.server.port, '/api/v1')).json() as { limits: object }
  const shown = JSON.parse(/"limits": (\{[^}]*\})/.exec(page)![1]!) as object
  expect(told.limits).toEqual(shown)
  expect(INGEST_LIMITS).toMatchObject(shown)
})
