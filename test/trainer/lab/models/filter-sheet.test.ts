import { beforeAll, describe, expect, it } from 'vitest'
import type { Pixels } from '../../../../trainer/image/image.ts'
import { image } from '../../../../trainer/image/image.ts'
import { filterGrid } from '../../../../trainer/lab/models/filter-grid.ts'
import { firstLayerFilters } from '../../../../trainer/lab/models/filter-sheet.ts'
import { exportWeights, importWeights } from '../../../../trainer/lab/models/named-weights.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { build, wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})

const pixel = ({ width, channels, data }: Pixels, x: number, y: number): number[] =>
  Array.from({ length: channels! }, (_, i) => data[(y * width + x) * channels! + i]!)

describe('filterGrid', () => {
  it('gives each filter its own black and white, or all of them one scale, with nothing between the filters', () => {
    const filters = { count: 2, height: 1, width: 2, channels: 1, values: Float32Array.of(0, 1, 0, 4) }
    // Two pixels side by side, enlarged 24 times: 48 wide, 24 high, then a gap of 2.
    const each = filterGrid(filters, 'each')
    expect([each.pixels.width, each.pixels.height, each.pixels.channels]).toEqual([98, 24, 2])
    expect([0, 24, 48, 50, 74].map((x) => pixel(each.pixels, x, 0))).toEqual([
      [0, 255],
      [255, 255],
      [0, 0],
      [0, 255],
      [255, 255],
    ])
    const all = filterGrid(filters, 'all')
    expect([0, 24, 50, 74].map((x) => pixel(all.pixels, x, 23)[0])).toEqual([0, 64, 0, 255])
    expect(all.range).toEqual({ low: 0, high: 4 })
  })

  it('shows three channels as colours and any other number as a row of grey pictures', () => {
    const values = Float32Array.of(0, 0.5, 1)
    const colour = filterGrid({ count: 1, height: 1, width: 1, channels: 3, values }, 'each')
    expect(pixel(colour.pixels, 0, 0)).toEqual([0, 128, 255, 255])
    const five = filterGrid({ count: 2, height: 1, width: 1, channels: 5, values: Float32Array.from({ length: 10 }, (_, i) => i) }, 'all')
    expect([five.pixels.width, five.pixels.height]).toEqual([5 * 50 - 2, 2 * 50 - 2])
    expect([0, 1, 2, 3, 4].map((channel) => pixel(five.pixels, channel * 50, 50)[0])).toEqual([142, 170, 198, 227, 255])
  })

  it('draws a filter of equal weights grey, and weights that are not finite black, counted and outside the scale', () => {
    expect(pixel(filterGrid({ count: 1, height: 1, width: 1, channels: 1, values: Float32Array.of(3) }, 'each').pixels, 0, 0)).toEqual([128, 255])
    const odd = filterGrid({ count: 1, height: 1, width: 4, channels: 1, values: Float32Array.of(Number.NaN, 1, 2, Number.NEGATIVE_INFINITY) }, 'all')
    expect(odd).toMatchObject({ range: { low: 1, high: 2 }, notFinite: 2 })
    expect([0, 12, 24, 36].map((x) => pixel(odd.pixels, x, 0)[0])).toEqual([0, 0, 255, 0])
    const none = filterGrid({ count: 1, height: 1, width: 1, channels: 1, values: Float32Array.of(Number.NaN) }, 'all')
    expect(none).toMatchObject({ range: null, notFinite: 1 })
  })
})

describe('firstLayerFilters', () => {
  it('takes the kernels of the first convolution in their right places', async () => {
    const lab = build(tf, { kind: 'vgg', stages: 1, filters: 4, kernelSize: 3 }, { inputShape: [8, 8, 3] })
    const weights = await exportWeights(lab.model)
    // Kernel [height, width, channel, filter]: only one weight of filter 2 is large, at row 1, column 2, green.
    weights['stage1-conv1/kernel'] = new Float32Array(3 * 3 * 3 * 4)
    weights['stage1-conv1/kernel'][((1 * 3 + 2) * 3 + 1) * 4 + 2] = 1
    importWeights(tf, lab.model, weights)
    const sheet = (await firstLayerFilters(lab.model))!
    expect(sheet.layer).toBe('stage1-conv1')
    expect(sheet.caption).toBe('stage1-conv1: 4 filters of 3 × 3 × 3; each on its own scale from its smallest to its largest weight')
    // Filter 2 is the lower left one of 2 × 2; a weight is 16 pixels wide.
    expect(pixel(sheet.pixels, 2 * 16, 50 + 16)).toEqual([0, 255, 0, 255])
    expect(pixel(sheet.pixels, 0, 50)).toEqual([0, 0, 0, 255])
    expect(pixel(sheet.pixels, 0, 0)).toEqual([128, 128, 128, 255])
    expect(image(sheet.pixels, { caption: sheet.caption })).toBeTruthy()
    lab.dispose()
  })

  it('shows the template of each class of a linear classifier on images', async () => {
    const lab = build(tf, { kind: 'linear' })
    const weights = await exportWeights(lab.model)
    weights['output/kernel'] = new Float32Array(64 * 3)
    weights['output/kernel'][(5 * 8 + 6) * 3 + 1] = -2
    importWeights(tf, lab.model, weights)
    const sheet = (await firstLayerFilters(lab.model, { scale: 'all' }))!
    expect(sheet.caption).toBe('output: 3 filters of 8 × 8 × 1; one scale, black -2.00, white 0.00')
    // Class 1 is the upper right one; a weight is 6 pixels wide.
    expect(pixel(sheet.pixels, 50 + 6 * 6, 5 * 6)).toEqual([0, 255])
    expect(pixel(sheet.pixels, 50, 0)).toEqual([255, 255])
    lab.dispose()
  })

  it('says how many it leaves out', async () => {
    const many = build(tf, { kind: 'mlp', hidden: [70] })
    expect((await firstLayerFilters(many.model))!.caption).toContain('hidden1: the first 64 of 70 filters of 8 × 8 × 1')
    const deep = build(tf, { kind: 'vgg', stages: 1, filters: 2 }, { inputShape: [4, 4, 20] })
    expect((await firstLayerFilters(deep.model))!.caption).toContain('channels 1 to 16 of 20')
    many.dispose()
    deep.dispose()
  })

  it('has nothing to show where the first layer sees no image', async () => {
    const lab = build(tf, { kind: 'mlp' }, { inputShape: [12] })
    expect(await firstLayerFilters(lab.model)).toBeNull()
    lab.dispose()
  })
})
