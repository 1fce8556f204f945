import { describe, expect, it } from 'vitest'
import { CHART_KINDS } from '../../app/_charts/registry.ts'
import { openStore } from '../../db/open.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { colouredPixels } from './fixtures/plots.ts'

/** A store in which nothing has been logged yet. */
const dashboard = startDashboard(async ({ storePath }) => (await openStore(storePath, { mode: 'create' })).close())

describe('without a single run', () => {
  it('the table says where it looks and how to log a first run', async () => {
    const page = await dashboard.open('/')
    await eventually(() => page.getByTestId('empty-store').textContent()).toMatch(
      /No runs yet.*lossboard\.db.*import \{ init \} from 'lossboard'.*npx lossboard demo/s,
    )
  })

  it('comparing says that there is nothing to compare', async () => {
    const page = await dashboard.open('/compare?all=true')
    await eventually(() => page.getByTestId('compare-start').textContent()).toMatch(/Choose runs/)
  })

  it.each(Object.values(CHART_KINDS).map((kind) => [kind.id, Object.keys(kind.fixtures), kind.renderer] as const))(
    'the gallery draws %s in every state',
    async (id, names, renderer) => {
      const page = await dashboard.open('/gallery')
      const tiles = page.getByTestId(`gallery-${id}`).getByTestId('gallery-tile')
      await eventually(() => tiles.count()).toBe(names.length)
      for (const [index, name] of names.entries()) {
        const tile = tiles.nth(index)
        await tile.scrollIntoViewIfNeeded()
        expect(await tile.locator('figcaption').textContent()).toBe(name)
        if (id === 'sparkline') await eventually(() => tile.locator('svg').count()).toBeGreaterThan(0)
        else if (/^no (runs|records|variants|classes chosen)$/.test(name)) await eventually(() => tile.locator('[data-state=empty]').count()).toBe(1)
        // Nothing to draw but the words that say so, in grey.
        else if (name === 'only not finite') await eventually(() => tile.locator('canvas').count()).toBeGreaterThan(0)
        else if (renderer === 'svg') await eventually(() => tile.locator('svg:not(.lucide) :is(path, rect, line, circle)').count()).toBeGreaterThan(2)
        else await eventually(() => colouredPixels(tile)).toBeGreaterThan(8)
      }
    },
  )
})
