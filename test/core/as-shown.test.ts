import { expect, it } from 'vitest'
import { asShown, SILENT_MS } from '../../core/as-shown.ts'
import type { Run } from '../../core/run.ts'

const run = (change: Partial<Run>) => ({ status: 'running', heartbeatAt: 1000, statusReason: null, ...change }) as Run

it('a running run without a sign of life has crashed, and is not changed itself', () => {
  const silent = run({})
  expect(asShown(silent, 1000 + SILENT_MS + 1)).toMatchObject({
    status: 'crashed',
    endedAt: 1000,
    statusReason: expect.stringContaining('no sign of life'),
  })
  expect(silent.status).toBe('running')
})

it('a running run that beats is running', () => {
  expect(asShown(run({}), 1000 + SILENT_MS).status).toBe('running')
})

it('an ended run stays as it ended', () => {
  for (const status of ['finished', 'failed', 'interrupted', 'crashed'] as const) expect(asShown(run({ status }), 1e15).status).toBe(status)
})
