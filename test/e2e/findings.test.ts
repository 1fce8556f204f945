import { expect, it } from 'vitest'
import { newRun, points } from '../server/temp-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'

const falling = Array.from({ length: 600 }, (_, i) => 2.3 * Math.exp(-i / 120) + 0.02 * Math.sin(i))
const turning = Array.from({ length: 30 }, (_, i) => 2.3 * Math.exp(-i / 6) + (i > 10 ? 0.09 * (i - 10) : 0) + 0.4)

const dashboard = startDashboard(({ inStore, storePath }) =>
  import('../../db/open.ts')
    .then(({ openStore }) => openStore(storePath, { mode: 'create' }))
    .then((store) => store.close())
    .then(() =>
      inStore(async (store) => {
        const finished = async (id: string, series: Record<string, number[]>) => {
          const writer = await newRun(store, { id, name: id, project: 'cifar' })
          for (const [name, values] of Object.entries(series)) {
            const batch = points(name, values)
            writer.flush({ points: { ...batch, step: batch.step.map((i) => i * (600 / values.length)) } })
          }
          writer.flush({ patch: { status: 'finished', endedAt: Date.now() } })
          writer.close()
        }
        await finished('overfits', { 'train/loss': falling, 'val/loss': turning })
        await finished('unnamed', { first: falling, second: turning })
      }),
    ),
)

it('a finding leads from the runs table and the list of all to its card, its numbers, its stretch in the chart and its page', async () => {
  const page = await dashboard.open(`/?q=${encodeURIComponent('finding:overfitting and severity >= warning')}`)
  const row = page.locator('[role=row]', { hasText: 'overfits' }).first()
  await eventually(() => row.textContent()).toMatch(/Overfitting/)
  expect(await page.locator('[role=row]', { hasText: 'unnamed' }).count()).toBe(0)
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await page.getByTestId('findings-page').waitFor()
  const listed = page.getByTestId('finding-row').filter({ hasText: 'Overfitting' })
  await eventually(() => listed.count()).toBe(1)
  await listed.getByRole('link', { name: 'Overfitting' }).click()
  const card = page.locator('[data-testid=finding][data-rule=overfitting]')
  await card.waitFor()
  expect(await page.getByTestId('show-in-chart').first().getAttribute('aria-pressed')).toBe('true')
  await card.getByRole('button', { name: 'Why?' }).click()
  await eventually(() => card.getByTestId('evidence').textContent()).toMatch(/val\/loss, steps .*threshold/)
  await eventually(() => page.locator('[data-card*="train/loss · val/loss"]').textContent()).toMatch(/Shaded: Overfitting \(steps/)
  const [about] = await Promise.all([page.context().waitForEvent('page'), card.getByRole('link', { name: 'Read more' }).click()])
  await eventually(() => about.locator('h1').textContent()).toBe('Overfitting')
})

it('muted with a reason it counts for nothing and stays listed, and can be taken back; by the keyboard alone', async () => {
  const page = await dashboard.open('/runs/overfits')
  const card = page.locator('[data-testid=finding][data-rule=overfitting]')
  await card.getByRole('button', { name: 'Mute…' }).focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('mute-reason').waitFor()
  await page.keyboard.type('a study of it')
  await page.keyboard.press('Enter')
  await eventually(() => card.count()).toBe(0)
  await eventually(() => page.getByTestId('muted-findings').textContent()).toMatch(/1 muted/)
  await eventually(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.testid)).toBe('findings-list')
  const list = await dashboard.open('/findings?muted=true')
  await eventually(() => list.getByTestId('finding-row').textContent()).toMatch(/Overfitting.*muted: a study of it/)
  await list.getByRole('button', { name: 'Unmute' }).press('Enter')
  await eventually(() => list.evaluate(() => (document.activeElement as HTMLElement).dataset.testid)).toBe('findings-page')
  await eventually(() => card.count()).toBe(1)
})

it('a metric that is named for what it stands for is read from then on', async () => {
  const page = await dashboard.open('/runs/unnamed')
  await page.getByTestId('open-roles').click()
  await page.getByTestId('role-first').selectOption('update-ratio:')
  const layer = page.getByTestId('layer-first')
  expect(await layer.inputValue()).toBe('first')
  await layer.fill('')
  expect(await page.getByTestId('save-roles').isDisabled()).toBe(true)
  await page.getByTestId('role-first').selectOption('train-loss')
  expect(await layer.count()).toBe(0)
  await page.getByTestId('role-second').selectOption('val-loss')
  await page.getByTestId('save-roles').click()
  await page.locator('[data-testid=finding][data-rule=overfitting]').waitFor()
})
