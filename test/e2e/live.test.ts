import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { chart, colouredPixels, notes, picture, plotOf } from './fixtures/plots.ts'
import { startTraining, type Training } from './fixtures/training.ts'

const dashboard = startDashboard(async ({ folder, storePath }) => {
  const first = await startTraining(folder, storePath, 'first')
  await first.log(10)
  await first.finish()
})
const trainings: Training[] = []

afterEach(() => Promise.all(trainings.splice(0).map((training) => training.kill())))

async function train(id: string): Promise<Training> {
  const training = await startTraining(dashboard.folder, dashboard.storePath, id)
  trainings.push(training)
  return training
}

const row = (page: Page, id: string) => page.locator(`[data-testid=run-row][data-run=${id}]`)
const lastStep = (page: Page) => page.getByTestId('run-last-step').textContent()
const status = (page: Page) => page.getByTestId('run-facts').locator('[data-status]').getAttribute('data-status')
const live = (page: Page) => page.getByTestId('live-indicator').getAttribute('data-live')

/** Opens a page and marks it, so that a reload would show. */
async function openLive(path: string): Promise<Page> {
  const page = await dashboard.open(path)
  await eventually(() => live(page)).toBe('live')
  await page.evaluate(() => document.documentElement.setAttribute('data-kept', ''))
  return page
}

const wasReloaded = async (page: Page) => (await page.locator('html[data-kept]').count()) === 0

describe('an open page', () => {
  it('shows a new run, its values and its end in the table', async () => {
    const page = await openLive('/?cols=status,steps,last(train/loss)')
    await row(page, 'first').waitFor()
    const training = await train('second')
    await eventually(() => row(page, 'second').textContent()).toMatch(/second.*running/)
    await training.log(20)
    await eventually(() => row(page, 'second').textContent()).toMatch(/1\.026/)
    await training.log(20)
    await eventually(() => row(page, 'second').textContent()).toMatch(/0\.678/)
    await training.finish()
    await eventually(() => row(page, 'second').textContent()).toMatch(/finished/)
    expect(await wasReloaded(page)).toBe(false)
  })

  it('draws the curves of a run on as it goes', async () => {
    const training = await train('third')
    await training.log(30)
    const page = await openLive('/runs/third')
    const card = chart(page, 'train/loss: every value and moving average')
    await eventually(() => lastStep(page)).toBe('29')
    await eventually(() => notes(card)).toMatch(/30 points/)
    await eventually(() => colouredPixels(plotOf(card))).toBeGreaterThan(100)
    const before = await picture(plotOf(card))
    await training.log(70)
    await eventually(() => lastStep(page)).toBe('99')
    await eventually(() => notes(card)).toMatch(/100 points/)
    await eventually(() => picture(plotOf(card))).not.toBe(before)
    await training.finish()
    await eventually(() => status(page)).toBe('finished')
    expect(await wasReloaded(page)).toBe(false)
  })

  it('shows a process that was killed as crashed, with all it had logged', async () => {
    const training = await train('fourth')
    await training.log(15)
    const page = await openLive('/runs/fourth')
    await eventually(() => status(page)).toBe('running')
    await training.kill()
    await eventually(() => status(page)).toBe('crashed')
    expect(await page.getByTestId('run-facts').textContent()).toMatch(/process \d+ is gone/)
    expect(await lastStep(page)).toBe('14')
    expect(await wasReloaded(page)).toBe(false)
  })

  it('shows a rename made in another tab', async () => {
    const page = await openLive('/')
    const other = await dashboard.openBeside(page.context(), '/runs/first')
    await other.getByRole('button', { name: 'Rename run' }).click()
    await other.getByTestId('run-name-input').fill('renamed elsewhere')
    await other.keyboard.press('Enter')
    await eventually(() => other.getByTestId('run-name').textContent()).toBe('renamed elsewhere')
    await page.bringToFront()
    await eventually(() => row(page, 'first').textContent()).toMatch(/renamed elsewhere/)
    expect(await wasReloaded(page)).toBe(false)
  })

  it('lives through a restart of the server, and shows what was logged meanwhile', async () => {
    const training = await train('fifth')
    await training.log(5)
    const page = await openLive('/runs/fifth')
    await eventually(() => lastStep(page)).toBe('4')
    dashboard.expectComplaints(page, /^net::ERR_/)
    await dashboard.stopServer()
    await eventually(() => live(page)).toBe('reconnecting')
    await page.getByTestId('server-gone').waitFor()
    await training.log(5)
    await dashboard.startServer()
    await eventually(() => live(page)).toBe('live')
    await eventually(() => lastStep(page)).toBe('9')
    await page.getByTestId('server-gone').waitFor({ state: 'detached' })
    await training.log(5)
    await eventually(() => lastStep(page)).toBe('14')
    expect(await wasReloaded(page)).toBe(false)
  })
})
