import type { OptimizerInput } from '../../../../trainer/lab/optimizers/registry.ts'

/** One step of a textbook rule in double precision, straight from the formulas: changes `w` in place. */
export type ReferenceStep = (w: number[], g: readonly number[], rate: number) => void

type Options = { momentum?: number; decayRate?: number; beta1?: number; beta2?: number; epsilon?: number }

/** Rules without decay and clipping. State begins at zero. */
export const REFERENCES: Record<OptimizerInput['kind'], (options: Options, n: number) => ReferenceStep> = {
  sgd: () => (w, g, rate) => {
    for (const i of w.keys()) w[i]! -= rate * g[i]!
  },
  momentum: ({ momentum: rho = 0.9 }, n) => {
    const v = zeros(n)
    return (w, g, rate) => {
      for (const i of w.keys()) {
        v[i] = rho * v[i]! + g[i]!
        w[i]! -= rate * v[i]!
      }
    }
  },
  nesterov: ({ momentum: rho = 0.9 }, n) => {
    const v = zeros(n)
    return (w, g, rate) => {
      for (const i of w.keys()) {
        const old = v[i]!
        v[i] = rho * old - rate * g[i]!
        w[i]! += -rho * old + (1 + rho) * v[i]!
      }
    }
  },
  adagrad: ({ epsilon = 1e-7 }, n) => {
    const s = zeros(n)
    return (w, g, rate) => {
      for (const i of w.keys()) {
        s[i]! += g[i]! ** 2
        w[i]! -= (rate * g[i]!) / (Math.sqrt(s[i]!) + epsilon)
      }
    }
  },
  rmsprop: ({ decayRate = 0.9, epsilon = 1e-7 }, n) => {
    const s = zeros(n)
    return (w, g, rate) => {
      for (const i of w.keys()) {
        s[i] = decayRate * s[i]! + (1 - decayRate) * g[i]! ** 2
        w[i]! -= (rate * g[i]!) / (Math.sqrt(s[i]!) + epsilon)
      }
    }
  },
  adam: adamReference,
  adamw: adamReference,
}

function adamReference({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: Options, n: number): ReferenceStep {
  const m = zeros(n)
  const v = zeros(n)
  let t = 0
  return (w, g, rate) => {
    t++
    for (const i of w.keys()) {
      m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!
      v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2
      const mean = m[i]! / (1 - beta1 ** t)
      const squares = v[i]! / (1 - beta2 ** t)
      w[i]! -= (rate * mean) / (Math.sqrt(squares) + epsilon)
    }
  }
}

function zeros(n: number): number[] {
  return new Array<number>(n).fill(0)
}
