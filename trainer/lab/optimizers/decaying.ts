import type { Tensor } from '@tensorflow/tfjs'

const EXEMPT = new Set(['bias', 'beta', 'gamma', 'alpha'])

/**
 * Whether weight decay acts on a variable: on everything with `decayAll`, otherwise on kernels and the like, that is on variables of two or
 * more dimensions that are not called bias, beta, gamma (normalisation) or alpha (PReLU).
 */
export function decays(variable: Pick<Tensor, 'rank'> & { name: string }, decayAll: boolean): boolean {
  if (decayAll) return true
  const last = variable.name.split('/').at(-1)!.replace(/_\d+$/, '')
  return variable.rank >= 2 && !EXEMPT.has(last)
}
