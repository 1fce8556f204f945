import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import type { Trained } from './trained.ts'

/** Kernels that are bit for bit what they were at the start although the loss has a gradient towards them. */
export function unchangedKernels({ session, initialKernels, insides }: Trained): string[] {
  const gradients = new Map((insides.at(-1)?.kernels ?? []).map(({ name, gradient }) => [name, gradient]))
  return session.variables.flatMap((variable) => {
    const name = session.network.weightNames.get(variable.name) ?? variable.name
    const before = initialKernels.get(name)
    if (!before || !((gradients.get(name) ?? 0) > 1e-8)) return []
    const after = variable.dataSync<'float32'>()
    return before.every((value, index) => value === after[index]) ? [name] : []
  })
}

/** Number of hidden layers in which all units have the same incoming weights, to a relative difference of 1e-3. */
export function equalColumns({ network }: LabSession): number {
  return network.model.layers.filter((layer) => {
    const [kernel] = layer.getWeights()
    if (layer.name === network.head || !kernel || kernel.rank < 2) return false
    const units = kernel.shape.at(-1) as number
    if (units < 2) return false
    const values = kernel.dataSync<'float32'>()
    let difference = 0
    let size = 0
    for (let at = 0; at < values.length; at++) {
      const first = values[at - (at % units)] as number
      difference += ((values[at] as number) - first) ** 2
      size += first ** 2
    }
    return size > 0 && difference < 1e-6 * size
  }).length
}
