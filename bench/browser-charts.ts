/**
 * First paint of a chart and the frames of zooming it, for one run of a million points and for a hundred runs in one chart.
 * Chromium draws in software and as often as it can: the time between frames is what drawing costs. Needs `npm run build`.
 */
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openStore } from '../db/open.ts'
import { startChromium } from './chromium.ts'
import { fillRun } from './filled-store.ts'
import { serve } from './package.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder, median, quantile } from './temp-folder.ts'

const FRAME_MS = 1000 / 60
const VISITS = 5
const FRAMES = 120
const CASES = [
  { what: '1 run of 1e6 points', runs: 1, points: 1_000_000, path: '/runs/bench-0' },
  { what: '100 runs of 5,000 points', runs: 100, points: 5_000, path: '/compare?project=bench' },
]
/** The chart that is looked at. */
const PLOT = '[data-testid=plot]'

/** Runs before the page's own code: notes when a line is first on a canvas of the chart. As text, because a bundler would add names of its own. */
const WATCH_FIRST_PAINT = `{
  const look = () => {
    for (const canvas of document.querySelector('${PLOT}')?.querySelectorAll('canvas') ?? []) {
      const pixels = canvas.width > 0 && canvas.height > 0 ? canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data : []
      let coloured = 0
      for (let i = 0; i < pixels.length; i += 16) if (Math.abs(pixels[i] - pixels[i + 2]) > 25 && pixels[i + 3] > 40) coloured++
      if (coloured > 30) return void (window.firstPaint = performance.now())
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}`

/** Opens the page in a fresh profile; ms from navigation start to the first line on the canvas. */
async function visit(browser: Browser, url: string): Promise<{ page: Page; firstPaint: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(WATCH_FIRST_PAINT)
  await page.goto(url)
  const paint = await page.waitForFunction(() => (window as { firstPaint?: number }).firstPaint, undefined, { timeout: 60_000 })
  return { page, firstPaint: (await paint.jsonValue()) as number }
}

/** Does something to the chart in every frame; ms between frames. `act`: a statement that may use `plot`, `box`, `n` (frame) and `send`. */
async function framesOf(page: Page, act: string): Promise<number[]> {
  const times = (await page.evaluate(`new Promise((resolve) => {
    const plot = document.querySelector('${PLOT}')
    const box = plot.getBoundingClientRect()
    const send = (Type, type, share, more) =>
      plot.dispatchEvent(new Type(type, { clientX: box.left + box.width * share, clientY: box.top + box.height / 2, bubbles: true, cancelable: true, ...more }))
    const times = []
    const frame = (now) => {
      const n = times.push(now)
      if (n > ${FRAMES}) return resolve(times)
      ${act}
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })`)) as number[]
  return times.slice(1).map((time, i) => time - (times[i] ?? time))
}

/** Ctrl + wheel: in, then most of the way out again, about the middle. */
const WHEEL = `send(WheelEvent, 'wheel', 0.5, { deltaY: n <= 70 ? -30 : 30, ctrlKey: true })`

/** Shift + drag, to and fro. The mouse is pointer 1. */
const PAN = `{
  const mouse = { pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1, shiftKey: true }
  if (n === 1) send(PointerEvent, 'pointerdown', 0.5, mouse)
  send(PointerEvent, 'pointermove', 0.5 + 0.25 * Math.sin(n / 8), mouse)
  if (n === ${FRAMES}) send(PointerEvent, 'pointerup', 0.5, mouse)
}`

function frameRows(what: string, times: number[]): Row[] {
  const row = (name: string, value: number): Row => ({
    what: `${what}, ${name} of ${times.length} frames, drawn in software`,
    value,
    unit: 'ms',
    against: 'frame at 60 Hz',
    rival: FRAME_MS,
    better: 'lower',
    target: FRAME_MS,
  })
  return [row('median', median(times)), row('p95', quantile(times, 0.95))]
}

async function measure(folder: string, { what, runs, points, path }: (typeof CASES)[number]): Promise<Row[]> {
  const file = join(folder, 'store.db')
  const store = await openStore(file, { mode: 'create' })
  for (let run = 0; run < runs; run++) await fillRun(store, run, ['train/loss'], points)
  await store.close()
  const served = await serve(file)
  const browser = await startChromium(['--disable-frame-rate-limit', '--disable-gpu-vsync'])
  try {
    const paints: number[] = []
    let last: Page | null = null
    for (let i = 0; i < VISITS; i++) {
      await last?.context().close()
      const { page, firstPaint } = await visit(browser, served.url + path)
      paints.push(firstPaint)
      last = page
    }
    if (!last) throw new Error('no visit')
    await last.locator(PLOT).first().scrollIntoViewIfNeeded()
    const wheel = await framesOf(last, WHEEL)
    // What was zoomed is asked for and drawn; the address tells that the gestures did something.
    await last.waitForURL(/zoom=/)
    await last.locator('[title="Loading newer data"]').first().waitFor({ state: 'detached' })
    const zoomed = last.url()
    const pan = await framesOf(last, PAN)
    await last.waitForURL((url) => url.href !== zoomed)
    return [
      { what: `first paint, ${what}`, value: median(paints), unit: 'ms', against: 'limit', rival: 1000, better: 'lower', target: 1000 },
      ...frameRows(`zoom by wheel, ${what}`, wheel),
      ...frameRows(`pan, ${what}`, pan),
    ]
  } finally {
    await browser.close()
    await served.stop()
  }
}

export const browserCharts: Benchmark = {
  id: 'browser-charts',
  title: 'Charts in the browser',
  async run() {
    const rows: Row[] = []
    for (const one of CASES) rows.push(...(await inTempFolder((folder) => measure(folder, one))))
    return rows
  },
}
