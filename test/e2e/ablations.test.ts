import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openSqlite } from '../../db/sqlite/store.ts'
import { addLargeStudy, addSampleStudies } from '../fixtures/sample-studies.ts'
import { newRun, points } from '../server/temp-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'

const dashboard = startDashboard(async ({ storePath }) => {
  const store = openSqlite(storePath)
  await addSampleStudies(store)
  await addLargeStudy(store, { variants: 60, seeds: 8 })
  await store.close()
})

const STAR = '/ablations/parts%20of%20the%20model'
const preview = (page: Page) => page.getByTestId('table-preview')
const rowLabels = (page: Page) => preview(page).locator('tbody th[scope=row]').allTextContents()
const saved = (page: Page) => eventually(() => page.getByTestId('save-state').textContent()).toEqual('Saved')
const settled = (page: Page) => eventually(() => page.getByTestId('study-page').getAttribute('data-busy')).toEqual('false')

describe('studies', () => {
  it('are listed with shape, variants and runs, and open', async () => {
    const page = await dashboard.open('/ablations')
    const row = page.getByTestId('studies-table').getByRole('row', { name: /parts of the model/ })
    await row.waitFor()
    expect(await row.textContent()).toMatch(/leave-one-out.*5.*test\/accuracy, test\/loss.*23 finished.*1 failed/)
    await row.getByRole('link').click()
    await preview(page).waitFor()
    expect(await page.getByTestId('study-shape').textContent()).toBe('leave-one-out')
    expect(await page.getByTestId('study-warnings').textContent()).toContain('1 run failed')
  })

  it('are reached from the bar of every page and by keys', async () => {
    const page = await dashboard.open('/')
    await page.getByTestId('studies-link').click()
    await page.getByTestId('studies-table').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await page.getByRole('grid').waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await page.getByTestId('studies-table').waitFor()
  })

  it('that do not exist are told with near names', async () => {
    const page = await dashboard.open('/ablations/learning%20rate')
    dashboard.expectComplaints(page, /404/)
    await page.getByTestId('unknown-study').getByRole('link', { name: 'learning rates' }).click()
    await preview(page).waitFor()
  })
})

describe('table editor', () => {
  it('shows each change at once, saves it, and takes it back', async () => {
    const page = await dashboard.open(STAR)
    await preview(page).waitFor()
    expect(await rowLabels(page)).toEqual(['full', 'w/o augment', 'w/o dropout', 'w/o attention', 'w/o norm'])
    const grip = page.getByRole('button', { name: 'Move w/o norm: arrow keys' })
    await grip.focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await eventually(() => rowLabels(page)).toEqual(['full', 'w/o augment', 'w/o norm', 'w/o dropout', 'w/o attention'])
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).ariaLabel)).toBe('Move w/o norm: arrow keys')
    const label = page.getByLabel('Label of w/o norm')
    await label.fill('no batch norm')
    await label.press('Enter')
    await eventually(async () => (await rowLabels(page))[2]).toEqual('no batch norm')
    await saved(page)
    await page.reload()
    await preview(page).waitFor()
    expect((await rowLabels(page))[2]).toBe('no batch norm')
    await page.getByRole('button', { name: 'Hide w/o augment' }).click()
    await eventually(async () => (await rowLabels(page)).length).toEqual(4)
    await eventually(async () => (await page.getByTestId('table-footnotes').textContent())?.includes('Not shown: w/o augment.')).toEqual(true)
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually(async () => (await rowLabels(page)).length).toEqual(5)
    await saved(page)
  })

  it('lets a row be dragged, and a block of rows have a heading', async () => {
    const page = await dashboard.open('/ablations/large')
    await preview(page).waitFor()
    const [, first, second, third] = await rowLabels(page)
    await page.locator('[data-handle]').nth(3).dragTo(page.locator('[data-row]').nth(1))
    await eventually(async () => (await rowLabels(page)).slice(1, 4)).toEqual([third, first, second])
    await page.getByRole('button', { name: 'Group with a heading' }).click()
    await page.getByLabel(`Group of ${first}`, { exact: true }).selectOption('Group 1')
    await page.getByLabel('Heading of group 1').fill('Further parts')
    await page.getByLabel('Heading of group 1').press('Enter')
    await eventually(() => preview(page).locator('th[scope=rowgroup]').allTextContents()).toEqual(['Further parts'])
    await eventually(async () => (await rowLabels(page)).at(-1)).toEqual(first)
  })

  it('puts check marks, other statistics and other columns into preview and LaTeX alike', async () => {
    const page = await dashboard.open('/ablations/step%20by%20step')
    await preview(page).waitFor()
    await page.getByRole('button', { name: '✓ matrix' }).click()
    await page.getByLabel('p value').uncheck()
    await page.getByTestId('setting-spread').selectOption('se')
    await settled(page)
    await eventually(() => preview(page).getAttribute('data-columns')).toMatch(
      /^component:\S+ component:\S+ component:\S+ test\/accuracy:value test\/accuracy:difference test\/loss:value/,
    )
    await eventually(() => page.getByTestId('export-text').textContent()).toMatch(/standard error/)
    expect(await page.getByTestId('export-text').textContent()).toContain('\\checkmark')
    await saved(page)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('download-export').click()])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const written = Buffer.concat(chunks).toString()
    const served = await page.evaluate(async () =>
      (await fetch(`/api/table?${new URLSearchParams({ study: 'step by step', format: 'latex' })}`)).text(),
    )
    expect(written).toBe(served)
    expect(await page.getByTestId('export-text').textContent()).toBe(served)
    expect(download.suggestedFilename()).toBe('step_by_step.tex')
  })

  it('keeps what only the address says out of the store, and says what it cannot read', async () => {
    const settings = JSON.stringify({ spread: 'min-max', alpha: 9, colour: 'red' })
    const page = await dashboard.open(`/ablations/learning%20rates?${new URLSearchParams({ settings })}`)
    await preview(page).waitFor()
    expect(await preview(page).textContent()).toContain('smallest, largest')
    expect(await page.getByTestId('ignored-settings').textContent()).toBe('Ignored in the address: alpha, colour.')
    await page.getByLabel('Shade the baseline').check()
    await eventually(async () => JSON.parse(new URL(page.url()).searchParams.get('settings') ?? '{}')).toEqual({
      shadeBaseline: true,
      spread: 'min-max',
    })
    expect(await page.getByTestId('rebuild-warning').textContent()).toContain('shadeBaseline, spread')
    const other = await dashboard.openBeside(page.context(), '/ablations/learning%20rates')
    await preview(other).waitFor()
    expect(await preview(other).textContent()).toContain('standard deviation')
    await page.getByRole('button', { name: 'Save with the study' }).last().click()
    await eventually(async () => (await preview(other).textContent())?.includes('smallest, largest')).toEqual(true)
    expect(new URL(page.url()).searchParams.get('settings')).toBeNull()
  })

  it('leads from a cell to its runs, and tells at keyboard focus why a cell is empty', async () => {
    const page = await dashboard.open('/ablations/parts%20of%20the%20model')
    await preview(page).waitFor()
    const row = preview(page).locator('tbody tr').last()
    await row.getByRole('button').first().focus()
    await page.keyboard.press('Enter')
    const runs = page.getByTestId('cell-runs')
    await runs.waitFor()
    expect(await runs.getByRole('link').count()).toBeGreaterThan(3)
    await page.keyboard.press('Escape')
    await preview(page).locator('[data-missing]').first().focus()
    await page.getByRole('tooltip').waitFor()
    expect(await page.getByRole('tooltip').first().textContent()).toMatch(/compared with/)
  })

  it('copies the table for word processors', async () => {
    const page = await dashboard.open('/ablations/learning%20rates')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await preview(page).waitFor()
    await page.getByTestId('copy-table').click()
    await page.getByTestId('toast').waitFor()
    const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types))
    expect(types.sort()).toEqual(['text/html', 'text/plain'])
  })
})

describe('a study of ticked runs', () => {
  it('is made from the runs table, with factors, baseline and warnings seen before', async () => {
    const page = await dashboard.open(`/?${new URLSearchParams({ project: 'ablation', q: 'name:chain' })}`)
    await page.getByRole('row', { name: /chain-0-0/ }).waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('s')
    const dialog = page.getByRole('dialog')
    await dialog.getByTestId('study-preview').waitFor()
    expect(await dialog.getByTestId('preview-variants').getByRole('row').count()).toBe(5)
    expect(await dialog.getByTestId('ignored-keys').textContent()).toContain('seed')
    await dialog.getByTestId('study-name-input').fill('step by step')
    await dialog.getByTestId('create-study').click()
    await dialog
      .getByRole('alert')
      .getByText(/has a study "step by step" already/)
      .waitFor()
    dashboard.expectComplaints(page, /400/)
    await dialog.getByTestId('study-name-input').fill('made by hand')
    await eventually(() => dialog.getByTestId('create-study').isEnabled()).toEqual(true)
    await dialog.getByTestId('create-study').click()
    await page.waitForURL(/\/ablations\//)
    await preview(page).waitFor()
    expect(await page.getByTestId('study-name').textContent()).toBe('made by hand')
  })
})

describe('views of a study', () => {
  it('show differences with all that was computed', async () => {
    const page = await dashboard.open('/ablations/learning%20rates?view=differences')
    const table = page.getByTestId('comparisons')
    await table.waitFor()
    await table.getByRole('button').first().click()
    const details = await page.getByTestId('comparison-details').textContent()
    for (const words of ['paired t-test', 'Smallest p possible', "Hedges' g", 'Equivalence', 'Seeds needed']) expect(details).toContain(words)
    await page.getByTestId('plot').focus()
    await page.keyboard.press('ArrowDown')
    await eventually(() => page.getByTestId('crosshair-text').textContent()).toMatch(/lr/)
  })

  it('take a factorial design apart', async () => {
    const page = await dashboard.open('/ablations/norm%20%C3%97%20residual?view=factors')
    await page.getByTestId('effects').waitFor()
    expect(await page.getByTestId('effects').textContent()).toMatch(/batchNorm × residual/)
    expect(await page.getByTestId('shapley').textContent()).toMatch(/Shapley/)
  })

  it('draw learning curves with bands, and the matrix of runs', async () => {
    const page = await dashboard.open(`${STAR}?view=curves`)
    await page.locator('[data-testid=chart-card][data-state=ready]').waitFor()
    expect(await page.getByTestId('chart-notes').textContent()).toMatch(/Mean over seeds \(n = 4 to 5\); band: ± 1 sample standard deviation/)
    expect(await page.getByTestId('curves-left-out').textContent()).toMatch(/1 run is in no mean/)
    await page.getByRole('tab', { name: 'Runs' }).click()
    const matrix = page.getByTestId('slot-matrix')
    expect(await matrix.locator('[data-state=failed]').count()).toBe(1)
    expect(await matrix.locator('[data-state=missing]').count()).toBe(1)
    await matrix.locator('[data-state=failed]').click()
    await page.getByTestId('run-name').waitFor()
  })
})

describe('while the store changes', () => {
  it('a run that finishes fills its cell, without taking the focus away from who is typing', async () => {
    const page = await dashboard.open(STAR)
    await preview(page).waitFor()
    const caption = page.getByLabel('Caption', { exact: true })
    await caption.fill('A caption in the mak')
    await dashboard.inStore(async (store) => {
      const config = {
        model: { attention: { heads: 4, dim: 64 }, norm: 'batch' },
        dropout: 0.25,
        augment: false,
        epochs: 12,
        batchSize: 128,
        outDir: './out',
        seed: 4,
      }
      const run = await newRun(store, { id: 'star-no-augment-4', project: 'ablation', config, seed: 4 })
      run.flush({ points: points('test/accuracy', [0.5, 0.9]), patch: { status: 'finished', endedAt: Date.now() } })
      run.flush({ points: points('test/loss', [1, 0.2]) })
      run.close()
      const study = await store.study('parts of the model')
      const variant = study.runs.find(({ runId }) => runId === 'star-no-augment-0')?.variant ?? ''
      await store.addStudyRuns(study.id, [{ runId: 'star-no-augment-4', variant, seed: 4 }])
    })
    await eventually(async () => (await page.getByTestId('study-facts').textContent())?.includes('24 of 25 runs finished')).toEqual(true)
    await page.keyboard.type('ing')
    expect(await caption.inputValue()).toBe('A caption in the making')
  })

  it('a run that is deleted is told, and so is a study', async () => {
    const page = await dashboard.open('/ablations/made%20by%20hand')
    await preview(page).waitFor()
    await dashboard.inStore((store) => store.removeRuns(['chain-0-3']))
    await page.getByTestId('study-warnings').locator('[data-warning=run-deleted]').waitFor()
    await dashboard.inStore(async (store) => store.removeStudy((await store.study('made by hand')).id))
    await page.getByTestId('deleted-study').waitFor()
  })

  it('a study is removed from the list, after a question', async () => {
    const page = await dashboard.open('/ablations')
    await page.getByRole('button', { name: 'Remove the study learning rates' }).click()
    await page.getByTestId('confirm-remove-study').click()
    await eventually(() => page.getByRole('row', { name: /learning rates/ }).count()).toEqual(0)
  })
})

describe('large studies and small windows', () => {
  it('60 variants and 480 runs are edited without waiting', async () => {
    const page = await dashboard.open('/ablations/large')
    await preview(page).waitFor()
    const rows = preview(page).locator('tr[data-variant]')
    expect(await rows.count()).toBe(60)
    await page.getByRole('button', { name: 'Hide base' }).click()
    await eventually(() => rows.count()).toEqual(59)
    await settled(page)
  })

  it.each(['table', 'differences', 'curves', 'runs'])('fits a phone: %s', async (view) => {
    const page = await dashboard.open(`${STAR}?view=${view}`, { width: 390, height: 844, theme: 'dark' })
    await page.getByTestId('study-page').waitFor()
    const over = await page.evaluate(() => [...document.querySelectorAll('html, main')].map((box) => box.scrollWidth - box.clientWidth))
    expect(over).toEqual([0, 0])
  })
})
