import { describe, expect, it } from 'vitest'
import { shuffledBatches } from '../../../cli/demo/batches.ts'
import { digitSheet } from '../../../cli/demo/digit-sheet.ts'
import { shuffle } from '../../../cli/demo/shuffle.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { DIGIT_PIXELS } from '../../../trainer/lab/data/mnist-files.ts'

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
