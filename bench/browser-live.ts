/** From the moment another process begins to commit a step until an open page's DOM holds it. Needs `npm run build`. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openStore } from '../db/open.ts'
import { startChromium } from './chromium.ts'
import { serve } from './package.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder, quantile } from './temp-folder.ts'

const COMMITS = 120
/** The first ones meet cold code. */
const WARM_UP = 10

const PAGES = [
  { what: 'run page', path: '/runs/live', place: '[data-testid=run-last-step]' },
  { what: 'runs table', path: '/?cols=steps', place: '[data-run=live] [role=gridcell]' },
]

/** Milliseconds of every commit after the warm-up. */
async function latencies(folder: string, { path, place }: (typeof PAGES)[number]): Promise<number[]> {
  const file = join(folder, 'store.db')
  await (await openStore(file, { mode: 'create' })).close()
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'commit-process.js'), file, String(COMMITS)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const written = new Map<number, number>()
  const ended = new Promise<void>((resolve) => writer.once('close', () => resolve()))
  const firstCommit = new Promise<void>((resolve) =>
    createInterface({ input: writer.stdout }).on('line', (line) => {
      const { step, wall } = JSON.parse(line) as { step: number; wall: number }
      written.set(step, wall)
      resolve()
    }),
  )
  await firstCommit
  const served = await serve(file)
  const browser = await startChromium()
  try {
    const page = await browser.newPage()
    await page.goto(served.url + path)
    await page.locator('[data-live=live]').waitFor()
    await page.locator(place).first().waitFor()
    await page.evaluate(`{
      window.seen = {}
      const look = () => {
        const text = document.querySelector('${place}')?.textContent ?? ''
        window.seen[text] ??= performance.timeOrigin + performance.now()
      }
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    }`)
    writer.stdin.write('go\n')
    await ended
    const seen = (await page.evaluate('window.seen')) as Record<string, number>
    const missed = [...written.keys()].filter((step) => step > 0 && seen[step] === undefined)
    if (missed.length > COMMITS / 20) throw new Error(`${missed.length} of ${COMMITS} commits never showed`)
    return [...written].flatMap(([step, wall]) => (step > WARM_UP && seen[step] !== undefined ? [seen[step] - wall] : []))
  } finally {
    await browser.close()
    await served.stop()
    writer.kill()
  }
}

export const browserLive: Benchmark = {
  id: 'browser-live',
  title: 'Commit to DOM',
  async run() {
    const rows: Row[] = []
    for (const page of PAGES) {
      const times = await inTempFolder((folder) => latencies(folder, page))
      const what = `commit to DOM, ${page.what}, ${times.length} commits`
      rows.push(
        { what: `${what}, p50`, value: quantile(times, 0.5), unit: 'ms', against: 'limit', rival: 200, better: 'lower', target: 200 },
        { what: `${what}, p99`, value: quantile(times, 0.99), unit: 'ms', against: 'limit', rival: 500, better: 'lower' },
      )
    }
    return rows
  },
}
