import { input, type TrainingKernel } from './training-kernel.ts'

/** Shares the buffer and counts one more owner, as the cpu backend does; the shipped kernel copies it. Keeps `variable.clone()` free. */
export const identity: TrainingKernel = {
  name: 'Identity',
  applies: (call) => input(call, 'x').dtype !== 'string',
  compute(call, ops) {
    const x = input(call, 'x')
    call.backend.incRef(x.dataId)
    return ops.view(x, x.shape)
  },
}
