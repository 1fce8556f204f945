import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newRun, points } from '../server/temp-store.ts'
import { type OpenPages, openPages } from './open-pages.ts'

const MANY = 500
let pages: OpenPages
let page: Page

beforeAll(async () => {
  pages = await openPages()
  const { store } = pages.temp
  const finished = { status: 'finished' as const, endedAt: Date.now() }
  const add = async (id: string, name: string, lr: number, accuracy: number[], project = 'test') => {
    const run = await newRun(store, { id, name, project, config: { lr, batch: 64, model: { depth: 4 } } })
    run.flush({ points: points('val/accuracy', accuracy), patch: finished })
    if (project === 'test') run.flush({ points: points('train/accuracy', accuracy) })
    run.close()
  }
  await add('a', 'base-otter-1', 0.1, [0.5, 0.9, 0.8])
  await add('b', 'fast-otter-2', 0.2, [0.5, 0.85, 0.84])
  await add('c', `long-${'x'.repeat(120)}-otter-3`, 0.1, [0.5, Number.NaN])
  for (let i = 0; i < MANY; i++) await add(`m${i}`, `many-${i}`, i / 1000, [i / MANY, 1 - i / MANY], 'many')
})

afterAll(() => pages.close())

afterEach(async () => {
  await page.close()
  expect(pages.complaints.splice(0)).toEqual([])
})

describe('compare page', () => {
  it('pairs train and validation in one card, and hides a run', async () => {
    page = await pages.open('/compare?runs=a,b')
    const card = page.getByTestId('compare-charts').getByTestId('chart-card')
    await card.and(page.locator('[data-state=ready]')).waitFor()
    expect(await card.count()).toBe(1)
    expect(await card.getByTestId('chart-legend').getByRole('button').allTextContents()).toEqual(['base-otter-1', 'fast-otter-2'])
    expect(await card.getByTestId('chart-legend').textContent()).toMatch(/^trainval/)
    await page.getByRole('button', { name: 'Hide fast-otter-2' }).click()
    await expect
      .poll(() => card.getByTestId('chart-legend').getByRole('button').allTextContents())
      .toEqual(['base-otter-1 · train', 'base-otter-1 · val'])
    expect(await page.getByTestId('compare-visible').textContent()).toBe('1 of 2 shown')
    await expect.poll(() => new URL(page.url()).searchParams.get('hidden')).toBe('b')
  })

  it('shows the settings that differ and says how many do not', async () => {
    page = await pages.open('/compare?runs=a,b&view=config')
    await expect.poll(() => page.getByTestId('config-diff-count').textContent()).toBe('1 of 3 settings differ. 2 the same in all 2 runs, hidden.')
    const table = page.getByTestId('config-diff-table')
    expect(await table.getByRole('rowheader').allTextContents()).toEqual(['lr'])
    await page.getByRole('button', { name: 'Show all' }).last().click()
    await expect.poll(() => table.getByRole('rowheader').allTextContents()).toEqual(['batch', 'lr', 'model.depth'])
  })

  it('gives differences to the baseline in points, of last or best values, with NaN shown', async () => {
    page = await pages.open('/compare?runs=a,b,c&view=metrics&filter=val')
    const cells = page.getByTestId('metric-summary-table').getByRole('cell')
    await expect.poll(() => cells.allTextContents()).toEqual(['0.8 @ 2', '0.84 @ 2▲ +4 pp', 'NaN @ 1 1 NaN/Inf'])
    await page.getByRole('button', { name: 'Best' }).click()
    await expect.poll(() => cells.allTextContents()).toEqual(['0.9 @ 1', '0.85 @ 1▼ −5 pp', '0.5 @ 0 1 NaN/Inf▼ −40 pp'])
    await page.getByRole('button', { name: 'Make fast-otter-2 the baseline' }).click()
    await expect.poll(() => cells.allTextContents()).toEqual(['0.85 @ 1', '0.9 @ 1▲ +5 pp', '0.5 @ 0 1 NaN/Inf▼ −35 pp'])
  })

  it('says when a search is no valid pattern, and when runs are missing', async () => {
    page = await pages.open('/compare?runs=a,gone&filter=val(')
    await page.getByText(/Not a valid pattern: Unterminated group/).waitFor()
    expect(await page.getByTestId('missing-notice').textContent()).toContain('gone')
    expect(await page.getByTestId('metric-card').count()).toBe(1)
  })

  it('helps when there is nothing to compare', async () => {
    page = await pages.open('/compare?runs=gone')
    await page.getByText('This run is not in the store').waitFor()
    await page.getByRole('link', { name: /many/ }).click()
    await page.waitForURL(/project=many/)
  })

  it(`draws ${MANY} runs with a list that holds only the rows in view`, async () => {
    page = await pages.open('/compare?project=many')
    await page.locator('[data-testid=chart-card][data-state=ready]').waitFor()
    expect(await page.getByTestId('compare-visible').textContent()).toBe(`${MANY} of ${MANY} shown`)
    const rows = await page.getByTestId('compare-runs').locator('[data-run]').count()
    expect(rows).toBeGreaterThan(10)
    expect(rows).toBeLessThan(60)
  })

  it('fits a phone, with the list of runs in a drawer', async () => {
    page = await pages.open('/compare?runs=a,b,c', { width: 390, height: 844 })
    await page.getByTestId('open-run-list').click()
    await page.getByRole('dialog').getByText('base-otter-1').waitFor()
    await page.keyboard.press('Escape')
    for (const view of ['charts', 'metrics', 'config']) {
      await page.goto(new URL(`/compare?runs=a,b,c&view=${view}`, pages.server.url).href)
      await page.getByTestId('compare-page').waitFor()
      const over = await page.evaluate(() =>
        [...document.querySelectorAll('html, main, [data-testid=compare-scroll]')].map((box) => box.scrollWidth - box.clientWidth),
      )
      expect(over).toEqual([0, 0, 0])
    }
  })
})
