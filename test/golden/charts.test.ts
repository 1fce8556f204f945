import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ChartKind } from '../../app/_charts/chart-kind.ts'
import { DARK_LOOK, LIGHT_LOOK, PAPER_LOOK } from '../../app/_charts/look.ts'
import { CHART_KINDS } from '../../app/_charts/registry.ts'
import { renderSvg } from '../../app/_charts/render-svg.ts'

// Regenerate with UPDATE_GOLDEN=1. A difference leaves `<name>-changed.svg` beside the golden file to look at.
const folder = join(import.meta.dirname, 'charts')
const update = process.env.UPDATE_GOLDEN === '1'
const looks = { light: LIGHT_LOOK, dark: DARK_LOOK, paper: PAPER_LOOK }
const seen = new Set<string>()
// Pictures of a hundred lines are kept as digests: the files would be larger than the rest of the repository's tests.
const LARGE = 60_000
const digestFile = join(folder, 'digests.json')
const digests: Record<string, string> = existsSync(digestFile) ? JSON.parse(readFileSync(digestFile, 'utf8')) : {}

function checkGolden(name: string, svg: string) {
  const large = svg.length > LARGE
  const file = join(folder, `${name}.svg`)
  const changed = join(folder, `${name}-changed.svg`)
  const digest = createHash('sha256').update(svg).digest('hex')
  seen.add(large ? name : `${name}.svg`)
  if (update) {
    mkdirSync(folder, { recursive: true })
    if (large) digests[name] = digest
    else writeFileSync(file, svg)
  }
  const same = large ? digests[name] === digest : existsSync(file) && readFileSync(file, 'utf8') === svg
  if (same) rmSync(changed, { force: true })
  else writeFileSync(changed, svg)
  expect(same, `${name} differs from its golden file: look at test/golden/charts/${name}-changed.svg`).toBe(true)
}

const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-')

for (const kind of Object.values(CHART_KINDS) as ChartKind<unknown>[])
  describe(`golden ${kind.id}`, () => {
    const names = Object.keys(kind.fixtures)
    // The first fixture in every look; the others in one.
    for (const [index, name] of names.entries())
      for (const [look, value] of Object.entries(looks))
        if (index === 0 || look === 'light')
          test(`${name}, ${look}`, () => {
            const size = kind.size ?? (look === 'paper' ? { width: 317, height: 200 } : { width: 480, height: 260 })
            checkGolden(`${kind.id}-${slug(name)}-${look}`, renderSvg(kind, kind.fixtures[name]!(), { ...value, selfContained: look === 'paper' }, size))
          })
  })

afterAll(() => {
  if (!update) return
  for (const file of readdirSync(folder)) if (file.endsWith('.svg') && !seen.has(file)) rmSync(join(folder, file))
  const kept = Object.entries(digests).filter(([name]) => seen.has(name))
  writeFileSync(digestFile, `${JSON.stringify(Object.fromEntries(kept.sort()), null, 2)}\n`)
})

test('no golden file is left over from a chart that no longer exists', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.svg') && !file.endsWith('-changed.svg'))
  const stray = [...files, ...Object.keys(digests)].filter((name) => !seen.has(name))
  expect(update ? [] : stray).toEqual([])
})
