import { input, type TrainingKernel } from './training-kernel.ts'

interface Attributes {
  numSegments: number
}

/** Adds rows of `x` into the row their segment id names: the gradient of gather, hence of an embedding. Ids outside are skipped. */
export const unsortedSegmentSum: TrainingKernel<Attributes> = {
  name: 'UnsortedSegmentSum',
  compute(call) {
    const x = input(call, 'x')
    const segmentIds = input(call, 'segmentIds')
    const { backend, attrs } = call
    const rowShape = x.shape.slice(segmentIds.shape.length)
    const rowLength = rowShape.reduce((product, length) => product * length, 1)
    const result = backend.makeOutput([attrs.numSegments, ...rowShape], x.dtype)
    const sums = backend.typedArrayFromHeap(result)
    const rows = backend.typedArrayFromHeap(x)
    const ids = backend.typedArrayFromHeap(segmentIds)
    sums.fill(0)
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row]!
      if (id < 0 || id >= attrs.numSegments) continue
      for (let i = 0; i < rowLength; i++) sums[id * rowLength + i]! += rows[row * rowLength + i]!
    }
    return result
  },
}
