import { input, type TrainingKernel } from './training-kernel.ts'

interface Attributes {
  reps: number[]
}

/**
 * Repeating along leading axes of length 1 (what broadcasting a gradient back does) is one block copied again and again:
 * doubling memory copies instead of the shipped element-wise kernel.
 */
export const tile: TrainingKernel<Attributes> = {
  name: 'Tile',
  applies(call) {
    const { dtype, shape } = input(call, 'x')
    if (dtype === 'string' || shape.includes(0) || call.attrs.reps.includes(0)) return false
    const firstLong = shape.findIndex((length) => length !== 1)
    return firstLong < 0 || call.attrs.reps.slice(firstLong).every((count) => count === 1)
  },
  compute(call) {
    const x = input(call, 'x')
    const { backend, attrs } = call
    const result = backend.makeOutput(
      x.shape.map((length, axis) => length * attrs.reps[axis]!),
      x.dtype,
    )
    // Views come after makeOutput: allocating can grow, and so move, the wasm heap.
    const target = backend.typedArrayFromHeap(result)
    const source = backend.typedArrayFromHeap(x)
    target.set(source, 0)
    for (let filled = source.length; filled < target.length; filled *= 2) target.copyWithin(filled, 0, Math.min(filled, target.length - filled))
    return result
  },
}
