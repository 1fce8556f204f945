import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { LAB_RUNS } from '../fixtures/lab-runs.ts'
import { writeSampleStore } from '../fixtures/sample-store.ts'
import { points } from '../server/temp-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { chart, colouredPixels, notes, plotOf } from './fixtures/plots.ts'

const dashboard = startDashboard(async ({ storePath, inStore }) => {
  await writeSampleStore(storePath, { runs: 1, points: 100, lab: true })
  await inStore(async (store) => {
    const run = await store.run(LAB_RUNS.base)
    const writer = await store.createRun({ ...run!, id: 'crowded', name: 'crowded', parentId: null, forkStep: null })
    for (let i = 0; i < 1_000; i++) writer.flush({ points: points(`group${i % 50}/metric-${i}`, [1, 2, 3]) })
    const [image] = await store.records({ runId: LAB_RUNS.base, name: 'augmented-examples' })
    const { payload, wall, blobHash } = image!
    const blob = await store.blob(blobHash!)
    const records = Array.from({ length: 200 }, (_, i) => ({
      name: `pictures/${i}`,
      kind: 'image',
      step: 0,
      wall,
      payload,
      blob: blob!.bytes,
      blobType: 'image/png',
    }))
    writer.flush({ records, patch: { status: 'finished', endedAt: Date.now() } })
    writer.close()
  })
})

async function openRun(address: string, options = {}): Promise<Page> {
  const page = await dashboard.open(`/runs/${address}`, options)
  await page.getByTestId('run-page').waitFor()
  return page
}

/** Brings a section near, and what it reads then. */
async function section(page: Page, testId: string) {
  const found = page.getByTestId(testId)
  await found.scrollIntoViewIfNeeded()
  return found
}

describe('a run of the lab', () => {
  it('begins with what it found out, the gravest first, and the evidence on demand', async () => {
    const page = await openRun(LAB_RUNS.base)
    const cards = page.getByTestId('finding').filter({ hasText: 'said by the training code' })
    await eventually(() => cards.count()).toBe(3)
    expect(await cards.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.severity))).toEqual(['critical', 'warning', 'info'])
    expect(await cards.first().textContent()).toMatch(/Critical.*not finite/)
    await cards.first().getByRole('button', { name: 'Why?' }).click()
    await eventually(() => cards.first().textContent()).toMatch(/mean.*NaN/)
    expect(await page.getByTestId('training-facts').textContent()).toMatch(/2\.418.*knowing nothing gives 2\.303 \(ln 10\).*at step 400/)
  })

  it('compares both modes on one batch in a chart and in words', async () => {
    const page = await openRun(LAB_RUNS.base)
    const pair = await section(page, 'same-batch')
    await eventually(() => pair.textContent()).toMatch(/training mode.*inference mode.*At step 599 training − inference is \+/s)
  })

  it('draws maps of activations and gradients in the order of the model, and reads cells out by keyboard', async () => {
    const page = await openRun(LAB_RUNS.base)
    const activations = await section(page, 'activations')
    const map = chart(page, 'Dead units by layer')
    await eventually(() => colouredPixels(plotOf(map))).toBeGreaterThan(1_000)
    expect(await notes(map)).toMatch(/1 cell with NaN or Inf.*places without a measurement/)
    await plotOf(map).focus()
    await page.keyboard.press('ArrowRight')
    await eventually(() => map.getByTestId('crosshair-text').textContent()).toMatch(/^stem_act, step \d+, dead fraction /)
    await page.keyboard.press('ArrowDown')
    await eventually(() => map.getByTestId('crosshair-text').textContent()).toMatch(/^stage1_block1_act1, /)
    await activations.getByRole('button', { name: 'Lines' }).click()
    await eventually(() => map.getByTestId('chart-legend').textContent()).toMatch(/stem_act.*stage1_block1_act1/)
  })

  it('shows which classes are confused, step by step and normalised', async () => {
    const page = await openRun(LAB_RUNS.base)
    await section(page, 'evaluation')
    const card = chart(page, 'Confusion matrix · validation')
    await card.scrollIntoViewIfNeeded()
    const newest = /^(\d+) of 1,000 right/
    await eventually(() => notes(card)).toMatch(newest)
    const right = Number(newest.exec(await notes(card))?.[1])
    await card.getByRole('slider').focus()
    await page.keyboard.press('Home')
    await eventually(async () => Number(newest.exec(await notes(card))?.[1])).toBeLessThan(right - 100)
    await card.getByRole('button', { name: 'Recall' }).click()
    await eventually(() => notes(card)).toMatch(/rows add up to 100, the diagonal is recall/)
    await plotOf(card).focus()
    await page.keyboard.press('ArrowDown')
    await eventually(() => card.getByTestId('crosshair-text').textContent()).toMatch(
      /^T-shirt\/top, right, \d+ examples, .* % of the true class \(recall\)/,
    )
    await page.keyboard.press('+')
    await eventually(() => notes(card)).toMatch(/In view: .* of 10 classes/)
    await page.keyboard.press('0')
    await eventually(() => notes(card)).not.toMatch(/In view/)
    const scores = page.getByRole('region', { name: 'Scores of Confusion matrix · validation' })
    await scores.getByRole('button', { name: 'Worst confusions' }).click()
    await eventually(() => scores.getByTestId('worst-confusions').textContent()).toMatch(/Shirt/)
  })

  it('draws precision against recall for the classes one picks', async () => {
    const page = await openRun(LAB_RUNS.base)
    await section(page, 'evaluation')
    const card = chart(page, 'Precision-recall curve · test')
    await card.scrollIntoViewIfNeeded()
    await eventually(() => notes(card)).toMatch(/Mean average precision 0\.\d+ over 10 classes.*Thinned when logged/)
    await card.getByTestId('class-picker').click()
    const picker = page.getByRole('dialog', { name: 'Classes to draw' })
    await picker.getByRole('button', { name: 'None' }).click()
    await picker.getByLabel('Find a class').fill('sandal')
    await picker.getByRole('checkbox').check()
    await page.keyboard.press('Escape')
    await eventually(() => notes(card)).toMatch(/1 of 10 classes are drawn/)
    await eventually(() => card.getByTestId('chart-legend').textContent()).toMatch(/^Sandal · AP 0\.\d+$/)
  })

  it('shows filters sharply, and any image full size with keys for steps', async () => {
    const page = await openRun(LAB_RUNS.base)
    const filters = await section(page, 'filters-section')
    const image = filters.locator('img')
    await image.waitFor()
    expect(await image.evaluate((one) => [getComputedStyle(one).imageRendering, one.clientWidth % 31])).toEqual(['pixelated', 0])
    const before = await image.getAttribute('src')
    await filters.getByRole('slider').focus()
    await page.keyboard.press('Home')
    await eventually(() => image.getAttribute('src')).not.toBe(before)
    await image.click()
    const viewer = page.getByTestId('image-viewer')
    await viewer.waitFor()
    await eventually(() => viewer.textContent()).toMatch(/step 0 \(1 of 6\)/)
    await page.keyboard.press('ArrowRight')
    await eventually(() => viewer.textContent()).toMatch(/step 100 \(2 of 6\)/)
    await page.keyboard.press('-')
    expect(await viewer.locator('img').evaluate((one) => one.clientWidth % 31)).toBe(0)
    await page.keyboard.press('Escape')
    await eventually(() => filters.getByRole('slider').getAttribute('aria-valuetext')).toBe('step 100')
  })

  it('lists the layers with their costs and draws their graph', async () => {
    const page = await openRun(LAB_RUNS.base)
    const model = await section(page, 'model-section')
    await eventually(() => model.getByTestId('model-table').textContent()).toMatch(/stem_conv.*28 × 28 × 16.*All 35 layers/s)
    const graph = chart(page, 'Model of residual-fashion')
    await eventually(() => plotOf(graph).locator('svg text').count()).toBeGreaterThan(70)
    await graph.getByRole('button', { name: 'Whole' }).click()
    await eventually(() => graph.textContent()).not.toMatch(/100 %/)
    await plotOf(graph).focus()
    await page.keyboard.press('0')
    await eventually(() => graph.textContent()).toMatch(/100 %/)
  })
})

describe('lineage of runs of the lab', () => {
  it('leads from a run to its source and back, and lists checkpoints with what became of them', async () => {
    const page = await openRun(`${LAB_RUNS.transfer}?tab=lineage`)
    const family = page.getByTestId('family')
    await eventually(() => family.textContent()).toMatch(/Started from a checkpoint of residual-fashion.*step 400.*freeze/)
    await family.getByRole('link', { name: 'residual-fashion', exact: true }).click()
    await page.waitForURL(`**/runs/${LAB_RUNS.base}`)
    await page.getByRole('tab', { name: /Lineage/ }).click()
    await eventually(() => page.getByTestId('family').textContent()).toMatch(/Started from checkpoints of this run:.*residual-fashion-fine-tuned/)
    const checkpoints = page.getByTestId('checkpoints')
    await eventually(() => checkpoints.textContent()).toMatch(/4 of 6 still there/)
    expect(await checkpoints.locator('tr[data-pruned=true]').count()).toBe(2)
    expect(await checkpoints.textContent()).toMatch(/best so far.*NaN/s)
  })

  it('sets the members of an ensemble beside it', async () => {
    const page = await openRun(`${LAB_RUNS.ensemble}?tab=lineage`)
    const ensemble = page.getByTestId('ensemble')
    await eventually(() => ensemble.textContent()).toMatch(/Ensemble of 2.*residual-fashion.*0\.9050.*fine-tuned.*0\.9110.*the ensemble0\.9210/s)
  })

  it('facts about data and preprocessing stand under the config', async () => {
    const page = await openRun(`${LAB_RUNS.base}?tab=config`)
    await eventually(() => page.getByTestId('facts').count()).toBe(2)
    expect(await page.getByTestId('facts').first().textContent()).toMatch(/fashion-mnist.*hashes.*[0-9a-f]{64}/s)
  })
})

describe('a run with a thousand metrics and two hundred images', () => {
  it('reads no image and few charts before they are scrolled to', async () => {
    const page = await dashboard.open('/')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(dashboard.at('/runs/crowded'))
    await page.getByTestId('metric-card').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(asked.filter((url) => url.includes('/api/blob/'))).toEqual([])
    expect(asked.filter((url) => url.includes('records.'))).toEqual([])
    expect(asked.filter((url) => url.includes('charts.query')).length).toBeLessThan(12)
    await page.getByTestId('images-section').scrollIntoViewIfNeeded()
    await eventually(() => page.getByTestId('image-card').count()).toBe(60)
    await eventually(() => page.getByTestId('images-section').textContent()).toMatch(/Show all 200 names \(60 shown\)/)
  })
})

describe.each(['light', 'dark'] as const)('pages of the lab in the %s theme', (theme) => {
  it.each([`${LAB_RUNS.base}`, `${LAB_RUNS.base}?tab=lineage`, `${LAB_RUNS.base}?tab=config`, `${LAB_RUNS.ensemble}?tab=lineage`])(
    '%s fits a phone',
    async (address) => {
      const page = await openRun(address, { theme, width: 390, height: 844 })
      for (let i = 0; i < 30; i++) await page.mouse.wheel(0, 700)
      await eventually(() =>
        page.evaluate(() => {
          const main = document.querySelector('main') ?? document.body
          return [document.documentElement.scrollWidth <= window.innerWidth, main.scrollWidth <= main.clientWidth]
        }),
      ).toEqual([true, true])
    },
  )
})
