import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, it } from 'vitest'
import { dataSchema, loadDataset, splitSchema } from '../../../../trainer/lab/data/registry.ts'
import { contributions, resize } from '../../../../trainer/lab/data/resize.ts'

const root = mkdtempSync(join(tmpdir(), 'lossboard-images-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let folders = 0

type Rgba = [red: number, green: number, blue: number, alpha: number]

function png(width: number, height: number, colour: (x: number, y: number) => Rgba): Buffer {
  const image = new PNG({ width, height })
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) image.data.set(colour(x, y), (y * width + x) * 4)
  return PNG.sync.write(image)
}

const plain = (red: number, green: number, blue: number, alpha = 255) => png(4, 4, () => [red, green, blue, alpha])
const jpg = (grey: number) => jpeg.encode({ width: 8, height: 8, data: Buffer.alloc(256, grey) }, 95).data

function folderOf(files: Record<string, Buffer | string>): string {
  const folder = join(root, `folder-${folders++}`)
  mkdirSync(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

function load(path: string, options: Record<string, unknown> = {}, split: Record<string, unknown> = { validation: 0, test: 0 }) {
  return loadDataset(dataSchema.parse({ kind: 'image-folder', path, size: 2, ...options }), splitSchema.parse(split), { splitSeed: 0 })
}

describe('an image folder', () => {
  it('has one class per folder; PNG and JPEG are read as colour', async () => {
    const folder = folderOf({
      'dog/b.png': plain(10, 20, 30),
      'dog/a.JPEG': jpg(200),
      'cat/c.png': plain(255, 0, 7),
      'cat/notes.txt': 'x',
      'cat/.DS_Store': 'x',
      'readme.md': 'x',
    })
    const { train, classes, image, facts } = await load(folder)
    expect([classes, train.shape, image]).toEqual([['cat', 'dog'], [2, 2, 3], true])
    expect([...train.labels]).toEqual([0, 1, 1])
    expect([...train.inputs.subarray(0, 12)]).toEqual([255, 0, 7, 255, 0, 7, 255, 0, 7, 255, 0, 7])
    for (const value of train.inputs.subarray(12, 24)) expect(Math.abs(value - 200)).toBeLessThanOrEqual(2)
    expect([...train.inputs.subarray(24, 27)]).toEqual([10, 20, 30])
    expect(facts).toMatchObject({ otherFilesIgnored: 1, brokenFilesLeftOut: 0, transparentPutOnBlack: 0 })
  })

  it('reads grey as luma, and puts transparent pixels on black', async () => {
    const folder = folderOf({ 'a/1.png': plain(255, 0, 0), 'b/1.png': plain(200, 200, 200, 51) })
    const { train, facts } = await load(folder, { colour: 'grayscale', size: [1, 3] })
    expect(train.shape).toEqual([1, 3, 1])
    expect([...train.inputs]).toEqual([76, 76, 76, 40, 40, 40])
    expect(facts.transparentPutOnBlack).toBe(1)
  })

  it('may come split into train, val and test', async () => {
    const folder = folderOf({
      'train/a/1.png': plain(1, 1, 1),
      'train/b/1.png': plain(2, 2, 2),
      'val/b/1.png': plain(3, 3, 3),
      'test/a/1.png': plain(4, 4, 4),
      'old/c/1.png': plain(5, 5, 5),
    })
    const { train, validation, test, classes, facts } = await load(folder, {}, {})
    expect([classes, train.n, [...validation.labels], [...test.labels]]).toEqual([['a', 'b'], 2, [1], [0]])
    expect([validation.inputs[0], test.inputs[0]]).toEqual([3, 4])
    expect(facts.otherFoldersIgnored).toEqual(['old'])
  })

  it('may have a class named train', async () => {
    const { classes } = await load(folderOf({ 'train/1.png': plain(1, 1, 1), 'bus/1.png': plain(2, 2, 2) }))
    expect(classes).toEqual(['bus', 'train'])
  })

  it('refuses classes that cannot be learnt, and folders without classes', async () => {
    const folder = folderOf({ 'train/a/1.png': plain(1, 1, 1), 'train/b/1.png': plain(2, 2, 2), 'test/c/1.png': plain(4, 4, 4) })
    await expect(load(folder)).rejects.toThrow('class "c" has no folder under train/')
    await expect(load(folderOf({ 'a/1.png': plain(1, 1, 1) }))).rejects.toThrow('1 class folders with images')
    await expect(load(join(root, 'absent'))).rejects.toThrow(/absent: there is no such folder/)
    await expect(load(join(folder, 'train/a/1.png'))).rejects.toThrow('is a file: data.path must be a folder')
  })

  it.each([
    ['cut off', plain(1, 2, 3).subarray(0, 40)],
    ['no image', Buffer.from('hello')],
    ['empty', Buffer.alloc(0)],
    ['a JPEG that is cut off', jpg(100).subarray(0, 60)],
  ])('names a file that is %s, or leaves it out and counts it', async (_what, content) => {
    const folder = folderOf({ 'a/1.png': plain(1, 1, 1), 'b/bad.png': content, 'b/good.png': plain(2, 2, 2) })
    await expect(load(folder)).rejects.toThrow(/bad\.png: this image cannot be read: .*: mend or remove it, or set data.skipBroken to true$/)
    const { train, facts } = await load(folder, { skipBroken: true })
    expect([train.n, [...train.labels]]).toEqual([2, [0, 1]])
    expect(facts).toMatchObject({ brokenFilesLeftOut: 1, firstBrokenFiles: [join(folder, 'b/bad.png')] })
  })

  it('follows links to folders, and is not upset by dangling ones', async () => {
    const elsewhere = folderOf({ 'x/1.png': plain(9, 9, 9) })
    const folder = folderOf({ 'a/1.png': plain(1, 1, 1) })
    symlinkSync(join(elsewhere, 'x'), join(folder, 'b'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'c'))
    expect((await load(folder)).classes).toEqual(['a', 'b'])
  })

  it('stops when asked', async () => {
    const folder = folderOf({ 'a/1.png': plain(1, 1, 1), 'b/1.png': plain(1, 1, 1) })
    const config = dataSchema.parse({ kind: 'image-folder', path: folder })
    await expect(loadDataset(config, splitSchema.parse({}), { splitSeed: 0, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
  })
})

describe('resizing', () => {
  const raster = (width: number, height: number, data: number[]) => ({ width, height, channels: 1, data: Float32Array.from(data) })

  it('averages over areas where it shrinks', () => {
    expect([...resize(raster(4, 2, [0, 4, 8, 8, 2, 2, 0, 4]), 1, 2).data]).toEqual([2, 5])
    // Three pixels in two: half of the middle one belongs to each.
    expect([...resize(raster(3, 1, [0, 3, 9]), 1, 2).data]).toEqual([1, 7])
  })

  it('interpolates where it grows, edges held', () => {
    expect([...resize(raster(2, 1, [0, 4]), 1, 4).data]).toEqual([0, 1, 3, 4])
    expect([...resize(raster(1, 1, [7]), 2, 3).data]).toEqual([7, 7, 7, 7, 7, 7])
  })

  it('to the same size changes nothing, and keeps channels apart', () => {
    const data = Float32Array.from({ length: 5 * 3 * 3 }, (_, i) => i * 3)
    expect(resize({ width: 5, height: 3, channels: 3, data }, 3, 5).data).toEqual(data)
    const colours = resize({ width: 2, height: 1, channels: 3, data: Float32Array.of(0, 10, 20, 2, 30, 60) }, 1, 1)
    expect([...colours.data]).toEqual([1, 20, 40])
  })

  it('uses weights that add up to 1 and lie inside the image; all source pixels count the same where it shrinks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 80 }), (from, to) => {
        const used = new Float64Array(from)
        for (let pixel = 0; pixel < to; pixel++) {
          const { first, weights } = contributions(pixel, from, to)
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
          weights.forEach((weight, i) => {
            expect(first + i).toBeLessThan(from)
            expect(weight).toBeGreaterThanOrEqual(0)
            used[first + i]! += weight
          })
        }
        if (to <= from) for (const share of used) expect(share).toBeCloseTo(to / from, 6)
      }),
    )
  })
})
