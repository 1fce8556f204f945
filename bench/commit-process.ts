/** A training of the live benchmark: `commit-process.js STORE COMMITS`; one step a commit, each told with its time on stdout. */
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../db/open.ts'
import { newRun } from './filled-store.ts'

const [location = '', commits = '0'] = process.argv.slice(2)
const store = await openStore(location, { mode: 'write' })
const writer = await store.createRun({ ...newRun(0), id: 'live', name: 'live', startedAt: Date.now() })
const commit = (step: number) => {
  const wall = performance.timeOrigin + performance.now()
  const points = {
    names: ['train/loss'],
    series: Uint32Array.of(0),
    step: Float64Array.of(step),
    wall: Float64Array.of(wall),
    value: Float64Array.of(1 / (1 + step)),
  }
  writer.flush({ points, patch: { heartbeatAt: Date.now() } })
  process.stdout.write(`${JSON.stringify({ step, wall })}\n`)
}
commit(0)
// The page opens meanwhile.
await new Promise<void>((resolve) => process.stdin.once('data', () => resolve()))
for (let step = 1; step <= Number(commits); step++) {
  // Uneven gaps, longer than any pacing on the way: every commit is met in another phase of the server's looks at the store.
  await sleep(400 + ((step * 7919) % 211))
  commit(step)
}
await sleep(1000)
writer.close()
await store.close()
process.exit(0)
