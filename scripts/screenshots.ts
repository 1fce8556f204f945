/** `npx tsx scripts/screenshots.ts STORE.db`: the pictures of README.md, taken from a store the demo has filled. Needs `npm run build`. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { openStore } from '../db/open.ts'
import { ROOT } from './paths.ts'

const OUT = join(ROOT, 'docs/images')
const PORT = 6077
const store = process.argv[2]
if (!store) {
  console.error('which store? npx tsx scripts/screenshots.ts STORE.db')
  process.exit(2)
}

/** Charts are drawn once no card says it is loading and no plot is blank; then one more frame. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {})
  await page.waitForFunction(() => document.querySelectorAll('canvas').length > 0 || document.querySelector('[data-testid=runs-grid]') !== null)
  await page.waitForTimeout(2500)
}

const reading = await openStore(store, { mode: 'read' })
const { runs } = await reading.overview({}, [])
await reading.close()
const best = runs.find((run) => run.name.includes('conv')) ?? runs[0]
if (!best) throw new Error(`${store} has no run`)

mkdirSync(OUT, { recursive: true })
const server = spawn(process.execPath, [join(ROOT, 'dist/cli.js'), store, '--port', String(PORT), '--no-open'], { stdio: 'ignore' })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  const url = `http://127.0.0.1:${PORT}`
  while (!(await fetch(`${url}/api/health`).catch(() => null))?.ok) await new Promise((resolve) => setTimeout(resolve, 50))
  const pages: [string, string, number][] = [
    ['runs', '/', 640],
    ['run', `/runs/${best.id}`, 1120],
    ['compare', `/compare?runs=${runs.map((run) => run.id).join(',')}&logy=1`, 800],
  ]
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, path, height] of pages) {
      const page = await browser.newPage({ viewport: { width: 1440, height }, colorScheme: theme, reducedMotion: 'reduce' })
      await page.goto(url + path)
      await settled(page)
      await page.screenshot({ path: join(OUT, `${name}-${theme}.png`) })
      await page.close()
      console.log(`${name}-${theme}.png`)
    }
  }
} finally {
  await browser.close()
  server.kill('SIGINT')
}
