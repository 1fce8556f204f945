import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../core/seeded-random.ts'
import { betaRandom } from '../../../../trainer/lab/augmentation/beta-random.ts'
import { flipImage } from '../../../../trainer/lab/augmentation/flip.ts'
import { augmentSchema, makeAugmentation } from '../../../../trainer/lab/augmentation/registry.ts'
import { shiftImage } from '../../../../trainer/lab/augmentation/shift.ts'

type Shape = [height: number, width: number, channels: number]
const make = (config: Record<string, unknown>, shape: number[], classes = 3) => makeAugmentation(augmentSchema.parse(config), shape, classes)

const image = fc
  .record({ height: fc.integer({ min: 1, max: 7 }), width: fc.integer({ min: 1, max: 7 }), channels: fc.constantFrom(1, 3) })
  .map(({ height, width, channels }) => ({
    shape: [height, width, channels] as Shape,
    // Every value is another and none is 0, so that one can see where each went.
    pixels: Float32Array.from({ length: height * width * channels }, (_, i) => i + 1),
  }))

function batch(n: number, shape: Shape, classes = 3) {
  const size = shape[0] * shape[1] * shape[2]
  const inputs = Float32Array.from({ length: n * size }, (_, i) => (i + 1) / (n * size))
  const targets = new Float32Array(n * classes)
  for (let row = 0; row < n; row++) targets[row * classes + (row % classes)] = 1
  return { inputs, targets }
}

function augmented(config: Record<string, unknown>, seed: number, n = 8, shape: Shape = [6, 6, 1]) {
  const { inputs, targets } = batch(n, shape)
  make(config, shape)!.apply(inputs, targets, n, seededRandom(seed))
  return { inputs, targets }
}

describe('a shift', () => {
  it('moves every pixel that stays by exactly that much, and fills the rest', () => {
    fc.assert(
      fc.property(
        image,
        fc.integer({ min: -7, max: 7 }),
        fc.integer({ min: -7, max: 7 }),
        fc.constantFrom('zero' as const, 'edge' as const),
        (one, down, right, fill) => {
          const [height, width, channels] = one.shape
          const to = new Float32Array(one.pixels.length).fill(-1)
          shiftImage(one.pixels, to, one.shape, down, right, fill)
          for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++)
              for (let c = 0; c < channels; c++) {
                const clamp = (value: number, most: number) => Math.min(most - 1, Math.max(0, value))
                const inside = y - down >= 0 && y - down < height && x - right >= 0 && x - right < width
                const source = (clamp(y - down, height) * width + clamp(x - right, width)) * channels + c
                expect(to[(y * width + x) * channels + c]).toBe(inside || fill === 'edge' ? one.pixels[source] : 0)
              }
        },
      ),
    )
  })

  it('and back again restores what did not leave', () => {
    fc.assert(
      fc.property(image, fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), ({ shape, pixels }, down, right) => {
        const [there, back] = [new Float32Array(pixels.length), new Float32Array(pixels.length)]
        shiftImage(pixels, there, shape, down, right, 'zero')
        shiftImage(there, back, shape, -down, -right, 'zero')
        const kept = Math.max(0, shape[0] - Math.abs(down)) * Math.max(0, shape[1] - Math.abs(right)) * shape[2]
        expect(back.filter((value) => value !== 0)).toHaveLength(kept)
        back.forEach((value, i) => void expect(value === 0 || value === pixels[i]).toBe(true))
      }),
    )
  })

  it('reaches every distance up to the limit, all equally often', () => {
    const counts = new Map<string, number>()
    const random = seededRandom(3)
    const shape: Shape = [5, 5, 1]
    const augmentation = make({ shift: 1 }, shape)!
    for (let i = 0; i < 9000; i++) {
      const pixels = new Float32Array(25)
      pixels[12] = 1
      augmentation.apply(pixels, new Float32Array(3), 1, random)
      const at = pixels.indexOf(1)
      const key = `${Math.floor(at / 5) - 2},${(at % 5) - 2}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(counts.size).toBe(9)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })
})

describe('a flip', () => {
  it('is its own inverse and keeps each pixel’s channels together', () => {
    fc.assert(
      fc.property(image, ({ shape, pixels }) => {
        const [height, width, channels] = shape
        const flipped = pixels.slice()
        flipImage(flipped, shape)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            for (let c = 0; c < channels; c++)
              expect(flipped[(y * width + x) * channels + c]).toBe(pixels[(y * width + width - 1 - x) * channels + c])
        flipImage(flipped, shape)
        expect(flipped).toEqual(pixels)
      }),
    )
  })

  it('happens to half of the examples', () => {
    const n = 4000
    const { inputs } = augmented({ flip: true }, 5, n, [1, 2, 1])
    const flipped = Array.from({ length: n }, (_, row) => inputs[2 * row]! > inputs[2 * row + 1]!).filter(Boolean).length
    expect(Math.abs(flipped - n / 2)).toBeLessThan(150)
  })
})

describe('a random crop with padding', () => {
  it('keeps the size and moves the image over black by up to the padding', () => {
    const seen = new Set<number>()
    for (let seed = 0; seed < 300; seed++) {
      const pixels = new Float32Array(49)
      pixels[24] = 1
      make({ crop: 2 }, [7, 7, 1])!.apply(pixels, new Float32Array(3), 1, seededRandom(seed))
      expect(pixels.reduce((sum, value) => sum + value, 0)).toBe(1)
      seen.add(pixels.indexOf(1))
    }
    expect(seen.size).toBe(25)
  })
})

describe('cutout', () => {
  it('paints one square black, cut off at the border, and leaves the rest', () => {
    const sizes = new Set<number>()
    for (let seed = 0; seed < 300; seed++) {
      const { inputs } = augmented({ cutout: 3 }, seed, 1, [6, 6, 3])
      const { inputs: before } = batch(1, [6, 6, 3])
      const black = Array.from({ length: 36 }, (_, pixel) => inputs[3 * pixel] === 0)
      inputs.forEach((value, i) => void expect(value).toBe(black[Math.floor(i / 3)] ? 0 : before[i]))
      const [rows, columns] = [new Set<number>(), new Set<number>()]
      black.forEach((is, pixel) => {
        if (!is) return
        rows.add(Math.floor(pixel / 6))
        columns.add(pixel % 6)
      })
      expect(black.filter(Boolean)).toHaveLength(rows.size * columns.size)
      expect(Math.max(...rows) - Math.min(...rows)).toBe(rows.size - 1)
      expect(rows.size).toBeLessThanOrEqual(3)
      sizes.add(rows.size * columns.size)
    }
    expect([...sizes].sort((a, b) => a - b)).toEqual([4, 6, 9])
  })
})

describe('mixup', () => {
  it('mixes inputs and targets alike: targets add up to 1, and the sums over the batch stay', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 9 }), fc.constantFrom(0.01, 0.2, 1, 4), (seed, n, mixup) => {
        const { inputs, targets } = augmented({ mixup }, seed, n, [2, 2, 1])
        const before = batch(n, [2, 2, 1])
        const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0)
        for (let row = 0; row < n; row++) {
          const target = targets.subarray(row * 3, (row + 1) * 3)
          expect(sum(target)).toBeCloseTo(1, 6)
          // The example's own class keeps at least half.
          expect(target[row % 3]).toBeGreaterThanOrEqual(0.5)
        }
        expect(sum(inputs)).toBeCloseTo(sum(before.inputs), 4)
        expect(sum(targets)).toBeCloseTo(n, 4)
      }),
    )
  })

  it('takes the same share for the input as for its target', () => {
    const targets = Float32Array.of(1, 0, 0, 1)
    const inputs = Float32Array.of(1, 0, 0, 1)
    for (let seed = 0; seed < 20; seed++) make({ mixup: 1 }, [2], 2)!.apply(inputs, targets, 2, seededRandom(seed))
    expect(inputs).toEqual(targets)
  })

  it('draws its share from Beta(α, α): mean 1/2 and variance 1 / (4 (2 α + 1)), from 0.001 to 50', () => {
    for (const alpha of [0.001, 0.2, 0.5, 1, 2, 50]) {
      const random = seededRandom(8)
      const draws = Array.from({ length: 20_000 }, () => betaRandom(alpha, alpha, random))
      const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
      const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length
      const expected = 1 / (4 * (2 * alpha + 1))
      expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(expected / draws.length))
      expect(Math.abs(variance / expected - 1)).toBeLessThan(0.05)
      for (const value of draws) expect(value >= 0 && value <= 1).toBe(true)
    }
    const random = seededRandom(9)
    const skewed = Array.from({ length: 20_000 }, () => betaRandom(2, 6, random))
    expect(skewed.reduce((sum, value) => sum + value, 0) / skewed.length).toBeCloseTo(0.25, 2)
  })
})

describe('all changes together', () => {
  const everything = { crop: 2, shift: 1, shiftFill: 'edge', flip: true, cutout: 2, mixup: 0.4 }

  it('are a pure function of the random source', () => {
    expect(augmented(everything, 4)).toEqual(augmented(everything, 4))
    expect(augmented(everything, 4)).not.toEqual(augmented(everything, 5))
  })

  it('keep values between black and the brightest pixel', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { inputs } = augmented(everything, seed)
        inputs.forEach((value) => void expect(value >= 0 && value <= 1).toBe(true))
      }),
      { numRuns: 50 },
    )
  })

  it('are none when everything is off', () => {
    expect(make({}, [6, 6, 1])).toBeNull()
    expect(make({}, [4])).toBeNull()
  })

  it('are refused where they make no sense', () => {
    for (const [key, value] of Object.entries({ flip: true, shift: 1, crop: 1, cutout: 1 }))
      expect(() => make({ [key]: value }, [4])).toThrow(`augment.${key} changes images, but an example here is [4]`)
    expect(() => make({ shift: 6 }, [6, 9, 1])).toThrow('augment.shift is 6: images are 6 × 9 pixels')
    expect(() => make({ crop: 6 }, [6, 9, 1])).toThrow('augment.crop is 6')
    expect(() => make({ cutout: 7 }, [6, 9, 1])).toThrow('augment.cutout is 7')
    expect(() => augmentSchema.parse({ shift: -1 })).toThrow()
    expect(() => augmentSchema.parse({ flips: true })).toThrow()
  })
})
