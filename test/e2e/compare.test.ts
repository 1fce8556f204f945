import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { writeSampleStore } from '../fixtures/sample-store.ts'
import { newRun, points } from '../server/temp-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { chart, colouredPixels, dragOver, notes, picture, plotOf } from './fixtures/plots.ts'

const MANY = 120
const dashboard = startDashboard(async ({ storePath, inStore }) => {
  await writeSampleStore(storePath, { runs: 5, points: 300 })
  await inStore(async (store) => {
    for (let run = 0; run < MANY; run++) {
      const writer = await newRun(store, { id: `many-${run}`, project: 'many', config: { lr: run / 1000, fixed: 1 } })
      writer.flush({
        points: points(
          'train/loss',
          Array.from({ length: 200 }, (_, step) => (1 + run / MANY) / (1 + step / 30)),
        ),
        patch: { status: 'finished', endedAt: Date.now() },
      })
      writer.close()
    }
  })
})
const FEW = '/compare?runs=sample0001,sample0003,sample0004,sample0005'

async function openCompare(address: string): Promise<Page> {
  const page = await dashboard.open(address)
  await page.getByTestId('compare-page').waitFor()
  return page
}

const shown = (page: Page) => page.getByTestId('compare-visible').textContent()

describe('comparing a few runs', () => {
  it('draws a line of each in every chart, train and validation together', async () => {
    const page = await openCompare(FEW)
    const card = chart(page, 'loss')
    await card.scrollIntoViewIfNeeded()
    await eventually(() => colouredPixels(plotOf(card))).toBeGreaterThan(300)
    await eventually(() => card.getByTestId('chart-legend').textContent()).toMatch(/train.*val.*brave-otter-1.*deft-lynx-3/)
    expect(await notes(card)).toMatch(/NaN or infinite values/)
  })

  it('hides and shows runs, in the address too', async () => {
    const page = await openCompare(FEW)
    const card = chart(page, 'loss')
    await card.scrollIntoViewIfNeeded()
    await eventually(() => colouredPixels(plotOf(card))).toBeGreaterThan(300)
    const all = await picture(plotOf(card))
    await page.getByRole('button', { name: 'Hide deft-lynx-3' }).click()
    await eventually(() => shown(page)).toBe('3 of 4 shown')
    await eventually(() => card.getByTestId('chart-legend').textContent()).not.toMatch(/deft-lynx-3/)
    await eventually(() => picture(plotOf(card))).not.toBe(all)
    expect(new URL(page.url()).searchParams.get('hidden')).toBe('sample0003')
    await page.reload()
    await eventually(() => shown(page)).toBe('3 of 4 shown')
    await page.getByTestId('compare-runs').getByRole('button', { name: 'Hide all' }).click()
    await eventually(() => page.getByTestId('compare-scroll').textContent()).toMatch(/All runs are hidden/)
    await page.getByTestId('compare-runs').getByRole('button', { name: 'Show all' }).click()
    await eventually(() => shown(page)).toBe('4 of 4 shown')
  })

  it('shows which settings differ', async () => {
    const page = await openCompare(FEW)
    await page.getByRole('tab', { name: 'Config' }).click()
    const table = page.getByTestId('config-diff-table')
    await eventually(() => table.getByRole('row', { name: /^lr/ }).textContent()).toMatch(/^lr\s*3/)
    expect(await table.getByRole('row', { name: /^epochs/ }).count()).toBe(0)
    await eventually(() => page.getByTestId('config-diff-count').textContent()).toMatch(/\d+ of \d+ settings differ\. \d+ the same/)
    await page.getByTestId('config-diff').getByRole('button', { name: 'Show all' }).click()
    await eventually(() => table.getByRole('row', { name: /^epochs/ }).count()).toBe(1)
  })

  it('holds figures against a baseline one can choose', async () => {
    const page = await openCompare(`${FEW}&view=metrics&figure=best`)
    const table = page.getByTestId('metric-summary-table')
    const line = table.getByRole('row', { name: /val\/accuracy/ })
    await eventually(() => line.textContent()).toMatch(/[+−][\d.]+ pp/)
    const before = await line.textContent()
    await page.getByTestId('compare-runs').getByRole('button', { name: 'Make deft-lynx-3 the baseline' }).click()
    await eventually(() => new URL(page.url()).searchParams.get('baseline')).toBe('sample0003')
    await eventually(() => line.textContent()).not.toBe(before)
  })

  it('narrows the metrics by a pattern, and says when it is none', async () => {
    const page = await openCompare(FEW)
    await page.getByTestId('metric-search').fill('^val/')
    await eventually(() => page.getByTestId('metric-count').textContent()).toMatch(/^2 of \d+ metrics/)
    await page.getByTestId('metric-search').fill('val/(')
    await eventually(() => page.getByRole('alert').allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/Not a valid pattern/)]))
  })

  it('says which runs of the address are missing', async () => {
    const page = await openCompare('/compare?runs=sample0003,gone,sample0003')
    await eventually(() => page.getByTestId('missing-notice').textContent()).toMatch(/not in the store.*gone/)
    await eventually(() => shown(page)).toBe('1 of 1 shown')
  })

  it.each(['/compare', '/compare?runs=', '/compare?runs=gone', '/compare?project=nothing', '/compare?all=maybe&columns=-3&view=upside-down'])(
    '%s has nothing to compare, and says how to get there',
    async (address) => {
      const page = await dashboard.open(address)
      await eventually(() => page.getByTestId('compare-start').textContent()).toMatch(/Choose runs/)
    },
  )
})

describe(`comparing ${MANY} runs`, () => {
  it('draws them all in one chart, on one canvas', async () => {
    const page = await openCompare('/compare?project=many')
    await eventually(() => shown(page)).toBe(`${MANY} of ${MANY} shown`)
    const card = chart(page, 'train/loss')
    await eventually(() => card.getByTestId('lines-canvas').count()).toBe(1)
    await eventually(() => colouredPixels(plotOf(card))).toBeGreaterThan(5_000)
    expect(await notes(card)).toMatch(/Raw values are hidden above \d+ series/)
    expect(await notes(card)).toMatch(/All 24,000 points drawn|[\d,]+ of 24,000 points drawn/)
    await card.getByTestId('chart-legend').getByRole('button', { name: /more$/ }).click()
    await eventually(() => card.getByTestId('chart-legend').getByRole('button').count()).toBeGreaterThanOrEqual(MANY)
  })

  it('zooms, and names what is under the pointer', async () => {
    const page = await openCompare('/compare?project=many&smoothing=none')
    const card = chart(page, 'train/loss')
    await eventually(() => colouredPixels(plotOf(card))).toBeGreaterThan(5_000)
    const whole = await picture(plotOf(card))
    await dragOver(plotOf(card), 0.3, 0.6)
    await eventually(() => page.url()).toMatch(/zoom=/)
    await eventually(() => picture(plotOf(card))).not.toBe(whole)
    await plotOf(card).hover()
    await eventually(() => page.getByTestId('plot-tooltip').textContent()).toMatch(/108 more/)
  })
})
