import { describe, expect, it } from 'vitest'
import { writeSampleStore } from '../fixtures/sample-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { count, filterBox, id, openRunsTable, order } from './fixtures/runs-table.ts'

const dashboard = startDashboard(({ storePath }) => writeSampleStore(storePath, { runs: 34, points: 200 }))
const openTable = () => openRunsTable(dashboard)

describe('keys in the runs table', () => {
  it('j, k, x, Shift+x and Escape move and select', async () => {
    const page = await openTable()
    const [first, second, third] = await order(page)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('x')
    const selected = () =>
      page.locator('[data-testid=run-row][aria-selected=true]').evaluateAll((rows) => rows.map((one) => one.getAttribute('data-run')))
    await eventually(selected).toEqual([first])
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    await eventually(selected).toEqual([first, second, third])
    await page.keyboard.press('Escape')
    await eventually(selected).toEqual([])
  })

  it('/ goes to the filter, Escape leaves it, Enter opens the run', async () => {
    const page = await openTable()
    await page.keyboard.press('/')
    expect(await filterBox(page).evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.type('lynx')
    await page.keyboard.press('Enter')
    await eventually(() => filterBox(page).evaluate((input) => input === document.activeElement)).toBe(false)
    // Until the rows are narrowed, the first of them is another run.
    await eventually(() => count(page)).toMatch(/^\d+ of /)
    const [top] = await order(page)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/runs/${top}`)
    await page.getByTestId('run-page').waitFor()
  })

  it('a run opened while the address still learns the filter opens, however long its page takes', async () => {
    const page = await openTable()
    await page.route('**/runs/*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700))
      await route.continue()
    })
    await page.keyboard.press('/')
    await page.keyboard.type('lynx')
    await page.keyboard.press('Enter')
    await eventually(() => count(page)).toMatch(/^\d+ of /)
    const [top] = await order(page)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/runs/${top}`, { timeout: 10_000 })
    await page.goBack()
    await page.getByTestId('filter-input').waitFor()
    expect(await filterBox(page).inputValue()).toBe('lynx')
  })

  it('? lists the shortcuts; ctrl-K finds a run by a part of its name', async () => {
    const page = await openTable()
    await page.keyboard.press('?')
    await eventually(() => page.getByTestId('shortcut-sheet').textContent()).toMatch(/Next line/)
    await page.keyboard.press('Escape')
    await page.getByTestId('shortcut-sheet').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByTestId('command-palette').waitFor()
    await page.keyboard.type('keen-seal-5')
    await eventually(() => page.getByRole('option', { selected: true }).textContent()).toMatch(/keen-seal-5/)
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/runs/${id(5)}`)
  })

  it('c compares the selected runs', async () => {
    const page = await openTable()
    const [first, second] = await order(page)
    for (const key of ['j', 'x', 'j', 'x', 'c']) await page.keyboard.press(key)
    await page.waitForURL(`**/compare?runs=${first},${second}`)
    await page.getByTestId('compare-page').waitFor()
  })
})
