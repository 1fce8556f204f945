import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { writeSampleStore } from '../fixtures/sample-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { count, filterBox, id, openRunsTable, order, row } from './fixtures/runs-table.ts'

const RUNS = 34
const dashboard = startDashboard(({ storePath }) => writeSampleStore(storePath, { runs: RUNS, points: 200 }))

const openTable = (address?: string) => openRunsTable(dashboard, address)

async function filterBy(page: Page, text: string): Promise<void> {
  await filterBox(page).fill(text)
}

/** Column of a heading, by the id in the address: `config.lr`, `last(val/loss)`. */
const column = (page: Page, field: string): Locator => page.locator(`[role=columnheader][data-column="${field}"]`)

const storedRun = (number: number) => dashboard.inStore((store) => store.run(id(number)))

describe('the runs table', () => {
  it('lists every run, newest first, with what is running', async () => {
    const page = await openTable()
    await eventually(() => count(page)).toBe(`${RUNS} runs · 1 running`)
    expect((await order(page)).slice(0, 3)).toEqual([id(34), id(33), id(32)])
    await eventually(() => row(page, 1).textContent()).toMatch(/failed/)
    expect(await row(page, 5).locator('[data-status]').getAttribute('data-status')).toBe('running')
  })

  it('shows the runs of one project', async () => {
    const page = await openTable()
    await page.getByTestId('project-switcher').click()
    await page.getByRole('menuitemcheckbox', { name: /cifar/ }).click()
    await eventually(() => count(page)).toBe('2 runs')
    expect(new URL(page.url()).searchParams.get('project')).toBe('cifar')
  })

  it.each([
    ['config.model = convnet and config.lr < 1e-2', (n: number) => (n - 1) % 5 === 2 || ((n - 1) % 5 === 0 && n > 1)],
    ['status:failed,crashed', (n: number) => [1, 6, 8].includes(n)],
    ['train/loss = NaN', (n: number) => n === 1],
    ['tag:baseline not status:failed', (n: number) => (n - 1) % 5 === 0 && n > 1],
    // The second run has a name of its own.
    ['otter', (n: number) => (n - 1) % 7 === 0 && n !== 2],
  ])('narrows by %s', async (text, wanted) => {
    const page = await openTable()
    await filterBy(page, text)
    const numbers = Array.from({ length: RUNS }, (_, index) => index + 1).filter(wanted)
    await eventually(async () => (await order(page)).sort()).toEqual(numbers.map(id))
    expect(await count(page)).toMatch(new RegExp(`^${numbers.length} of ${RUNS} runs`))
  })

  it('says what is wrong with a filter and where, and keeps the last good one', async () => {
    const page = await openTable()
    await filterBy(page, 'status:failed')
    await eventually(() => count(page)).toMatch(/^2 of/)
    await filterBy(page, 'status:failed and (')
    await page.getByTestId('filter-problem').waitFor()
    expect((await page.getByTestId('filter-problem').textContent())?.length).toBeGreaterThan(10)
    expect(await filterBox(page).getAttribute('aria-invalid')).toBe('true')
    expect(await count(page)).toMatch(/^2 of/)
    await page.getByRole('button', { name: 'Clear the filter' }).first().click()
    await eventually(() => count(page)).toBe(`${RUNS} runs · 1 running`)
  })

  it('completes the names of metrics and config keys', async () => {
    const page = await openTable()
    await filterBox(page).pressSequentially('config.opt')
    await page.getByRole('option', { name: /config\.optimizer/ }).waitFor()
    await filterBox(page).press('Tab')
    await eventually(() => filterBox(page).inputValue()).toMatch(/^config\.optimizer/)
  })

  it('sorts by a column and back; a diverged run is never the best', async () => {
    const page = await openTable('/?cols=status,min(train/loss),last(train/loss)&q=status:finished,failed')
    const heading = column(page, 'last(train/loss)')
    await heading.getByRole('button').first().click()
    await eventually(() => heading.getAttribute('aria-sort')).toBe('ascending')
    const ascending = await order(page)
    expect(ascending.at(-1)).toBe(id(1))
    await heading.getByRole('button').first().click()
    await eventually(() => heading.getAttribute('aria-sort')).toBe('descending')
    await eventually(() => order(page)).toEqual([...ascending.slice(0, -1).reverse(), id(1)])
    expect(new URL(page.url()).searchParams.get('sort')).toBe('-last(train/loss)')
  })

  it('adds and hides columns, and remembers them', async () => {
    const page = await openTable()
    await page.getByTestId('column-picker').click()
    await page.getByLabel('Find a column').fill('dropout')
    await page.getByLabel('dropout', { exact: true }).check()
    await page.getByLabel('Find a column').fill('train/accuracy')
    await page.getByLabel('train/accuracy max').check()
    await page.keyboard.press('Escape')
    const added = new URL(page.url()).searchParams.get('cols')
    expect(added).toMatch(/config\.dropout/)
    expect(added).toMatch(/max\(train\/accuracy\)/)
    await page.goto(dashboard.at('/?cols=config.dropout,status'))
    await column(page, 'config.dropout').waitFor()
    await page.goto(dashboard.at('/'))
    await eventually(() => column(page, 'config.dropout').count()).toBe(1)
  })

  it('folds runs into groups with mean, spread and n', async () => {
    const page = await openTable('/?cols=last(train/loss),seed')
    await page.getByTestId('group-picker').click()
    await page.getByRole('menuitemcheckbox', { name: 'model', exact: true }).click()
    await eventually(() => page.getByTestId('group-row').count()).toBe(2)
    const group = page.getByTestId('group-row').filter({ hasText: 'convnet' })
    await eventually(() => group.textContent()).toMatch(/ ± .*n=\d+.*\+1 NaN/)
    await group.getByRole('button').click()
    await eventually(() => page.getByTestId('run-row').count()).toBeGreaterThan(5)
  })

  it('keeps its state in the address: a reload shows the same', async () => {
    const page = await openTable()
    await filterBy(page, 'config.model = mlp')
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await eventually(() => page.url()).toMatch(/q=.*sort=name|sort=name.*q=/)
    await eventually(() => count(page)).toMatch(/^1\d of/)
    const before = await order(page)
    await page.reload()
    await eventually(() => order(page)).toEqual(before)
    expect(await filterBox(page).inputValue()).toBe('config.model = mlp')
  })
})

describe('changing runs in the table', () => {
  it('renames in place; Escape leaves the name alone', async () => {
    const page = await openTable()
    await row(page, 20).click({ position: { x: 400, y: 10 } })
    await page.keyboard.press('F2')
    await page.getByTestId('rename-input').fill('never kept')
    await page.keyboard.press('Escape')
    await eventually(() => page.getByTestId('rename-input').count()).toBe(0)
    await page.keyboard.press('F2')
    await page.getByTestId('rename-input').fill('best of the week <b>')
    await page.keyboard.press('Enter')
    await row(page, 20).getByRole('link', { name: 'best of the week <b>' }).waitFor()
    await eventually(async () => (await storedRun(20))?.name).toBe('best of the week <b>')
    await page.reload()
    await row(page, 20).getByRole('link', { name: 'best of the week <b>' }).waitFor()
  })

  it('tags several runs at once', async () => {
    const page = await openTable('/?cols=tag')
    await row(page, 21).getByRole('checkbox').click()
    await row(page, 22).getByRole('checkbox').click()
    await page.getByTestId('selection-bar').getByRole('button', { name: 'Tags' }).click()
    await page.getByLabel('New tag').fill('night, rerun')
    await page.getByTestId('save-tags').click()
    await eventually(() => row(page, 21).textContent()).toMatch(/night.*rerun/)
    await eventually(async () => (await storedRun(22))?.tags).toEqual(expect.arrayContaining(['night', 'rerun']))
    await filterBy(page, 'tag:night')
    await eventually(async () => (await order(page)).sort()).toEqual([id(21), id(22)])
  })

  it('keeps notes', async () => {
    const page = await openTable()
    await row(page, 23).click({ position: { x: 400, y: 10 } })
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: 'Notes' }).fill('warm-up was too short\nsecond line')
    await page.getByTestId('save-notes').click()
    await eventually(async () => (await storedRun(23))?.notes).toBe('warm-up was too short\nsecond line')
    await filterBy(page, 'warm-up')
    await eventually(() => order(page)).toEqual([id(23)])
  })

  it('archives, hides, shows and takes back', async () => {
    const page = await openTable()
    await row(page, 24).getByRole('checkbox').click()
    await page.getByTestId('selection-bar').getByRole('button', { name: 'Archive' }).click()
    await eventually(() => row(page, 24).count()).toBe(0)
    expect((await storedRun(24))?.archived).toBe(true)
    await page.getByRole('button', { name: 'Archived' }).click()
    await eventually(() => row(page, 24).textContent()).toMatch(/archived/)
    await row(page, 24).hover()
    await row(page, 24)
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Unarchive' }).click()
    await eventually(() => row(page, 24).textContent()).not.toMatch(/archived/)
    await eventually(async () => (await storedRun(24))?.archived).toBe(false)
  })

  it('asks before it deletes, then says how much space came free', async () => {
    const page = await openTable()
    await row(page, 30).hover()
    await row(page, 30)
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.textContent()).toContain((await storedRun(30))?.name)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await storedRun(30)).not.toBeNull()
    await row(page, 30).getByRole('checkbox').click()
    await row(page, 31).getByRole('checkbox').click()
    await page.getByTestId('delete-selected').click()
    await page.getByTestId('confirm-delete').click()
    await eventually(() => page.getByTestId('toast').textContent()).toMatch(/Deleted 2 runs; [1-9][\d.,]* (kB|KB|KiB|MB|MiB) freed/)
    await eventually(() => row(page, 30).count()).toBe(0)
    expect(await storedRun(30)).toBeNull()
    expect(await storedRun(31)).toBeNull()
  })
})
