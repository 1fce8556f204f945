import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { writeSampleStore } from '../fixtures/sample-store.ts'
import { newRun, points } from '../server/temp-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { chart, colouredPixels, dragOver, notes, picture, plotOf } from './fixtures/plots.ts'

const POINTS = 600
const LONG = 40_000
const dashboard = startDashboard(async ({ storePath, inStore }) => {
  await writeSampleStore(storePath, { runs: 12, points: POINTS })
  await inStore(async (store) => {
    const writer = await newRun(store, { id: 'long-run', project: 'mnist', name: 'long run' })
    writer.flush({
      points: points(
        'train/loss',
        Array.from({ length: LONG }, (_, step) => 2 / (1 + step / 5_000) + Math.sin(step * 12.9898) / 10),
      ),
    })
    writer.flush({ patch: { status: 'finished', endedAt: Date.now() } })
    writer.close()
  })
})
const LOSS = 'train/loss: every value and moving average'

async function openRun(address: string): Promise<Page> {
  const page = await dashboard.open(`/runs/${address}`)
  await page.getByTestId('run-page').waitFor()
  return page
}

/** The leading chart, once its line is on the canvas. */
async function drawnLoss(page: Page) {
  const card = chart(page, LOSS)
  await eventually(() => colouredPixels(plotOf(card))).toBeGreaterThan(200)
  return card
}

/** Waits until a chart stands still, and gives its picture. */
async function still(page: Page, title: string): Promise<string> {
  let last = ''
  await eventually(async () => {
    const before = last
    last = await picture(plotOf(chart(page, title)))
    return last !== '' && last === before
  }).toBe(true)
  return last
}

describe('the run page', () => {
  it('draws loss and accuracy first', async () => {
    const page = await openRun('sample0003')
    const lead = page.getByTestId('lead-charts').getByTestId('chart-card')
    await eventually(() => colouredPixels(lead.nth(0))).toBeGreaterThan(200)
    await eventually(() => colouredPixels(lead.nth(1))).toBeGreaterThan(100)
    expect(await lead.nth(0).getAttribute('aria-label')).toBe(LOSS)
    expect(await lead.nth(1).getAttribute('aria-label')).toMatch(/accuracy/)
    expect(await notes(lead.nth(0))).toMatch(/Smoothed: EMA, weight 0\.9, over every point\./)
    expect(await notes(lead.nth(0))).toMatch(new RegExp(`${POINTS} points`))
  })

  it('smooths by the slider: the line and the address change', async () => {
    const page = await openRun('sample0003')
    await drawnLoss(page)
    const before = await still(page, LOSS)
    await page.getByTestId('smoothing-slider').focus()
    await page.keyboard.press('End')
    await eventually(() => new URL(page.url()).searchParams.get('smooth')).toBe('0.99')
    await eventually(() => notes(chart(page, LOSS))).toMatch(/EMA, weight 0\.99/)
    await eventually(() => picture(plotOf(chart(page, LOSS)))).not.toBe(before)
    await page.reload()
    await eventually(() => notes(chart(page, LOSS))).toMatch(/EMA, weight 0\.99/)
    expect(await page.getByTestId('smoothing-box').inputValue()).toBe('0.99')
    await page.getByTestId('smoothing-kind').selectOption('none')
    await eventually(() => notes(chart(page, LOSS))).not.toMatch(/Smoothed/)
  })

  it.each(['relative', 'wall', 'epoch'])('shows %s on the x axis', async (axis) => {
    const page = await openRun('sample0009')
    await drawnLoss(page)
    const before = await still(page, LOSS)
    await page.getByTestId('x-axis').selectOption(axis)
    await eventually(() => new URL(page.url()).searchParams.get('x')).toBe(axis)
    await eventually(() => picture(plotOf(chart(page, LOSS)))).not.toBe(before)
    await eventually(() => colouredPixels(plotOf(chart(page, LOSS)))).toBeGreaterThan(200)
  })

  it('shows a logarithmic y axis', async () => {
    const page = await openRun('sample0009')
    await drawnLoss(page)
    const before = await still(page, LOSS)
    await page.getByTestId('log-y').check()
    await eventually(() => new URL(page.url()).searchParams.get('logy')).toBe('1')
    await eventually(() => picture(plotOf(chart(page, LOSS)))).not.toBe(before)
  })

  it('asks again at full resolution when a range is dragged', async () => {
    const page = await openRun('long-run?smoothing=none')
    const card = await drawnLoss(page)
    const shown = async () => Number(/([\d,]+) of ([\d,]+) points drawn/.exec(await notes(card))?.[2]?.replaceAll(',', ''))
    await eventually(shown).toBe(LONG)
    await dragOver(plotOf(card), 0.5, 0.52)
    await eventually(() => new URL(page.url()).searchParams.get('zoom')).toMatch(/^[\d.]+~[\d.]+$/)
    const [low = 0, high = 0] = (new URL(page.url()).searchParams.get('zoom') ?? '').split('~').map(Number)
    expect(high - low).toBeLessThan(LONG * 0.05)
    await eventually(() => notes(card)).toMatch(/^[\d,]+ points, one dot per spot/)
    const complete = Number(/^([\d,]+) points/.exec(await notes(card))?.[1]?.replaceAll(',', ''))
    expect(Math.abs(complete - (high - low))).toBeLessThanOrEqual(2)
    await page.getByTestId('reset-zoom').click()
    await eventually(shown).toBe(LONG)
    expect(new URL(page.url()).searchParams.has('zoom')).toBe(false)
  })

  it('reads values by keyboard', async () => {
    const page = await openRun('sample0009')
    const plot = plotOf(await drawnLoss(page))
    await plot.focus()
    await page.keyboard.press('End')
    await eventually(() => page.getByTestId('crosshair-text').allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/step 599/)]))
    await eventually(() => page.getByTestId('crosshair').count()).toBeGreaterThan(1)
  })

  it('marks NaN and says how many, and keeps them out of the extremes', async () => {
    const page = await openRun('sample0001')
    const lost = POINTS - Math.floor(POINTS * 0.3) - 1
    await eventually(() => page.getByTestId('non-finite-notice').textContent()).toMatch(
      new RegExp(`^NaN or infinite values in train/loss \\(${lost} of ${POINTS}\\)`),
    )
    await eventually(() => notes(chart(page, LOSS))).toContain(`${lost} NaN or infinite values: gaps, marked at the edge`)
    await eventually(() => chart(page, LOSS).getByTestId('chart-legend').textContent()).toContain(`${lost} NaN/Inf`)
    await page.getByRole('tab', { name: /^Data/ }).click()
    const line = page.getByTestId('series-table').getByRole('row', { name: /^train\/loss/ })
    await eventually(() => line.textContent()).toMatch(new RegExp(`${POINTS}.*${lost}.*NaN`))
  })

  it('shows update ratios as a heat map, and their distribution step by step', async () => {
    const page = await openRun('sample0003')
    const section = page.getByTestId('update-ratios')
    await section.scrollIntoViewIfNeeded()
    const map = chart(page, 'Update ratio by layer')
    await eventually(() => colouredPixels(plotOf(map))).toBeGreaterThan(2_000)
    const histogram = section.getByTestId('chart-card').nth(1)
    await eventually(() => colouredPixels(histogram)).toBeGreaterThan(500)
    await histogram.getByRole('button', { name: 'One step' }).click()
    const slider = histogram.getByTestId('histogram-step')
    await slider.waitFor()
    await eventually(() => colouredPixels(histogram)).toBeGreaterThan(500)
    const newest = await picture(histogram)
    await slider.focus()
    await page.keyboard.press('Home')
    await eventually(() => slider.getAttribute('aria-valuetext')).toBe('step 0')
    await eventually(() => picture(histogram)).not.toBe(newest)
  })

  it('draws every further metric as one scrolls to it', async () => {
    const page = await openRun('sample0009')
    const cards = page.getByTestId('metric-card')
    await eventually(() => cards.count()).toBeGreaterThan(6)
    for (let index = 0; index < (await cards.count()); index++) {
      await cards.nth(index).scrollIntoViewIfNeeded()
      await eventually(() => colouredPixels(cards.nth(index))).toBeGreaterThan(50)
    }
    await eventually(() =>
      page
        .getByTestId('filters-section')
        .locator('img')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(0)
  })
})

describe('the tabs of a run', () => {
  it('config: nested settings, searchable', async () => {
    const page = await openRun('sample0003')
    await page.getByRole('tab', { name: 'Config' }).click()
    const tab = page.getByTestId('config-tab')
    await eventually(() => tab.textContent()).toMatch(/augment.*flip.*crop/)
    await tab.getByLabel('Search config').fill('crop')
    await eventually(() => tab.textContent()).toMatch(/1 of \d+ settings.*augment\.crop/)
  })

  it('environment: machine, packages and uncommitted changes', async () => {
    const page = await openRun('sample0004?tab=environment')
    const tab = page.getByTestId('environment-tab')
    await eventually(() => tab.textContent()).toMatch(
      /node train\.ts.*workstation.*AMD EPYC.*9fceb02d0ae598e95dc970b74767f19372d61af8.*@tensorflow\/tfjs/s,
    )
    await eventually(() => page.getByTestId('git-diff').textContent()).toMatch(/-const lr = 1e-3.*\+const lr = 1e-2/)
  })

  it('console: coloured lines of both streams, searchable', async () => {
    const page = await openRun('sample0001?tab=console')
    const tab = page.getByTestId('console-tab')
    await eventually(() => tab.textContent()).toMatch(/training from step 0.*epoch 1 val\/loss.*warning: loss is not a number/s)
    await tab.getByRole('button', { name: 'stderr' }).click()
    await eventually(() => page.getByTestId('console-count').textContent()).toMatch(/^1 of \d+ lines/)
    await tab.getByRole('button', { name: 'All' }).click()
    await page.getByTestId('console-search').fill('epoch 2')
    await eventually(() => page.getByTestId('console-count').textContent()).toMatch(/^1 of \d+ lines/)
  })

  it('system: what the machine did', async () => {
    const page = await openRun('sample0009?tab=system')
    const cards = page.getByTestId('system-tab').getByTestId('chart-card')
    await eventually(() => cards.count()).toBe(3)
    for (const card of await cards.all()) await eventually(() => colouredPixels(card)).toBeGreaterThan(50)
  })

  it('data: every series in figures', async () => {
    const page = await openRun('sample0009?tab=data')
    const table = page.getByTestId('series-table')
    await eventually(() => table.getByRole('row', { name: /^val\/accuracy/ }).textContent()).toMatch(/^val\/accuracy6/)
    expect(await page.getByTestId('records-table').textContent()).toMatch(/update-ratio-histogram\/conv2d_1\/kernelhistogram12/)
  })

  it('lineage: attempts, family and abandoned points', async () => {
    const page = await openRun('sample0003?tab=lineage')
    const tab = page.getByTestId('lineage-tab')
    await eventually(() => tab.textContent()).toMatch(/Forked from this run:.*fair-wren-4/)
    const card = tab.getByTestId('chart-card')
    await eventually(() => notes(card)).toMatch(/60 superseded points .* hidden/)
    await page.getByTestId('show-abandoned').check()
    await eventually(() => notes(card)).toMatch(/60 superseded points .* dotted/)
    await tab.getByRole('link', { name: 'fair-wren-4' }).click()
    await page.waitForURL('**/runs/sample0004')
    await eventually(() => page.getByTestId('run-name').textContent()).toBe('fair-wren-4')
  })

  it('are in the address, and Back goes back through them', async () => {
    const page = await openRun('sample0009')
    await page.getByRole('tab', { name: 'Config' }).click()
    await page.waitForURL('**?tab=config')
    await page.keyboard.press('4')
    await page.waitForURL('**?tab=console')
    await page.goBack()
    await page.getByTestId('config-tab').waitFor()
  })
})

describe('an address that does not fit', () => {
  it('of no run says so and offers near names', async () => {
    const page = await dashboard.open('/runs/keen-seel-5')
    dashboard.expectComplaints(page, /^answer 404 to .*runs\.get/)
    const message = page.getByTestId('unknown-run')
    await eventually(() => message.textContent()).toMatch(/There is no run “keen-seel-5”.*keen-seal-5/s)
    await message.getByRole('link', { name: 'keen-seal-5' }).click()
    await page.waitForURL('**/runs/sample0005')
    await page.getByTestId('run-page').waitFor()
  })

  it.each(['/runs/%3Cscript%3E', '/runs/..%2F..%2Fetc', `/runs/${'x'.repeat(1_000)}`, '/runs/%E2%98%83'])('%s is no crash', async (address) => {
    const page = await dashboard.open(address)
    dashboard.expectComplaints(page, /^answer 40[04] to /)
    await eventually(() => page.locator('main').textContent()).toMatch(/There is no run|no page|at most 300 characters/i)
  })

  it.each([
    'smooth=banana&smoothing=wild&x=%20&logy=maybe&zoom=NaN~Infinity&tab=nope&order=none',
    'smooth=1e999&x=no/such/metric&zoom=9~3&filter=(((&layer=%F0%9F%98%80',
    'smooth=-1&smoothing=mean&x=../../etc&outliers=2&tab=&abandoned=perhaps',
    'zoom=1e308~1.7e308',
  ])('falls back to sense: ?%s', async (search) => {
    const page = await openRun(`sample0009?${search}`)
    await page.getByTestId('charts-tab').waitFor()
    const lead = page.getByTestId('lead-charts').getByTestId('chart-card')
    for (const index of [0, 1]) await eventually(() => lead.nth(index).getAttribute('data-state')).toMatch(/^(ready|empty)$/)
  })

  it('of a run deleted in another tab says so', async () => {
    const page = await openRun('sample0012')
    const other = await dashboard.openBeside(page.context(), '/runs/sample0012')
    await other.getByTestId('run-actions').click()
    await other.getByRole('menuitem', { name: 'Delete…' }).click()
    await other.getByTestId('confirm-delete').click()
    await eventually(() => other.getByTestId('toast').textContent()).toMatch(/Deleted .* [1-9][\d.,]* \w+ freed/)
    await other.waitForURL('**/?project=mnist')
    dashboard.expectComplaints(page, /^answer 404 to /)
    await page.bringToFront()
    await eventually(() => page.getByTestId('deleted-run').textContent()).toMatch(
      /This run was deleted.*calm-seal-12 and its data are no longer in the store/,
    )
    await page.reload()
    await page.getByTestId('unknown-run').waitFor()
  })
})
