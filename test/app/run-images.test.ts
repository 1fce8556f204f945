import { describe, expect, it } from 'vitest'
import { imageScale } from '../../app/_run/image-scale.ts'
import { imagesByName } from '../../app/_run/use-image-steps.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import type { StoredRecord } from '../../core/stored-record.ts'

describe('the size of an image', () => {
  const box = { width: 220, height: 180 }
  it('is a whole multiple of a small one, with sharp pixels', () => {
    expect(imageScale({ width: 28, height: 28 }, box)).toEqual({ width: 168, height: 168, pixelated: true, scale: 6 })
    expect(imageScale({ width: 200, height: 100 }, box)).toMatchObject({ scale: 1, pixelated: true })
  })
  it('is smaller for a large one, and smooth', () => {
    expect(imageScale({ width: 2200, height: 900 }, box)).toEqual({ width: 220, height: 90, pixelated: false, scale: 0.1 })
  })
  it('keeps to a limit and survives sizes of nothing', () => {
    expect(imageScale({ width: 1, height: 1 }, box, 16).scale).toBe(16)
    expect(imageScale({ width: 0, height: 0 }, box).width).toBeGreaterThan(0)
  })
})

describe('images by name', () => {
  it('come in natural order with their steps rising, however they were logged', () => {
    const record = (id: number, name: string, step: number) => ({ id, name, step }) as StoredRecord
    const found = imagesByName([record(1, 'layer10', 5), record(2, 'layer2', 20), record(3, 'layer2', 0), record(4, 'layer2', 20)], naturalCompare)
    expect(found.map(({ name, steps, records }) => [name, steps, records.map(({ id }) => id)])).toEqual([
      ['layer2', [0, 20], [3, 2, 4]],
      ['layer10', [5], [1]],
    ])
  })
})
