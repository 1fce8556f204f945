import { describe, expect, it } from 'vitest'
import { writeSampleStore } from '../fixtures/sample-store.ts'
import { startDashboard } from './fixtures/dashboard.ts'
import { eventually } from './fixtures/eventually.ts'
import { colouredPixels } from './fixtures/plots.ts'

const dashboard = startDashboard(({ storePath }) => writeSampleStore(storePath, { runs: 8, points: 200 }))

/** Every page, and what is there once it is complete. */
const PAGES: [path: string, ready: string][] = [
  ['/', 'run-row'],
  ['/?group=config.model', 'group-row'],
  ['/runs/sample0001', 'lead-charts'],
  ['/runs/sample0002?tab=config', 'config-tab'],
  ['/runs/sample0002?tab=environment', 'environment-tab'],
  ['/runs/sample0001?tab=console', 'console-tab'],
  ['/runs/sample0003?tab=system', 'system-tab'],
  ['/runs/sample0002?tab=data', 'data-tab'],
  ['/runs/sample0003?tab=lineage', 'lineage-tab'],
  ['/compare?runs=sample0001,sample0002,sample0003', 'compare-charts'],
  ['/compare?runs=sample0001,sample0002,sample0003&view=metrics', 'metric-summary-table'],
  ['/compare?runs=sample0001,sample0002,sample0003&view=config', 'config-diff-table'],
  ['/compare', 'compare-start'],
  ['/gallery', 'gallery'],
]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  // The complaints are checked after each test: errors, refused scripts and styles, requests to others.
  it.each(PAGES)('%s is free of complaints, on a wide and on a narrow window', async (path, ready) => {
    const page = await dashboard.open(path, { theme })
    await page.getByTestId(ready).first().waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme)
    const cards = page.locator('[data-testid=chart-card][data-state=ready]')
    if (['lead-charts', 'system-tab', 'compare-charts'].includes(ready)) await eventually(() => colouredPixels(cards.first())).toBeGreaterThan(50)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByTestId(ready).first().waitFor()
    await eventually(() =>
      page.evaluate(() => {
        const main = document.querySelector('main') ?? document.body
        return [document.documentElement.scrollWidth <= window.innerWidth, main.scrollWidth <= main.clientWidth]
      }),
    ).toEqual([true, true])
  })

  it('text stands out from its background', async () => {
    const page = await dashboard.open('/', { theme })
    await page.getByTestId('run-row').first().waitFor()
    const contrast = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('span'))
      // A colour that is still changing would be read half-way.
      probe.style.transition = 'none'
      const luminance = (colour: string) => {
        probe.style.color = colour
        const [r = 0, g = 0, b = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map((part) => {
          const value = Number(part) / 255
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const ratio = (a: string, b: string) => {
        const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
        return (high + 0.05) / (low + 0.05)
      }
      const texts = ['text', 'text-muted', 'text-faint', 'accent', 'danger', 'warning', 'success']
      return texts.flatMap((text) =>
        ['background', 'surface'].map((back) => [`${text} on ${back}`, ratio(`var(--${text})`, `var(--${back})`)] as const),
      )
    })
    expect(contrast.filter(([, ratio]) => !(ratio >= 4.5))).toEqual([])
  })
})

describe('the theme', () => {
  it('changes by a click, draws charts anew, and stays for other pages and visits', async () => {
    const page = await dashboard.open('/runs/sample0003')
    const theme = () => page.locator('html').getAttribute('data-theme')
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await theme()).toBe('light')
    const light = await background()
    await page.getByTestId('theme-toggle').click()
    await eventually(theme).toBe('dark')
    await eventually(background).not.toBe(light)
    await page.reload()
    expect(await theme()).toBe('dark')
    const other = await dashboard.openBeside(page.context(), '/')
    expect(await other.locator('html').getAttribute('data-theme')).toBe('dark')
    await other.getByTestId('theme-toggle').click()
    await other.reload()
    expect(await other.locator('html').getAttribute('data-theme')).toBe('light')
  })

  it('follows the system until one is chosen', async () => {
    const page = await dashboard.open('/', { theme: 'dark' })
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await eventually(() => page.locator('html').getAttribute('data-theme')).toBe('light')
  })
})
