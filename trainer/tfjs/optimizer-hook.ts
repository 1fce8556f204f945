import type { NamedTensorMap, Optimizer, Tensor } from '@tensorflow/tfjs'

type NamedGradients = Parameters<Optimizer['applyGradients']>[0]

export interface NamedGradient {
  /** Name of the variable. */
  name: string
  /** Null when the loss does not depend on the variable. */
  gradient: Tensor | null
}

/** Looks on while an optimizer updates variables. Whatever it throws is handed to `failed` and never reaches the training. */
export interface UpdateObserver {
  before(gradients: NamedGradient[]): void
  /** `applied` is false when the optimizer itself threw. */
  after(gradients: NamedGradient[], applied: boolean): void
  failed(error: unknown): void
}

interface Hook {
  observers: Set<UpdateObserver>
  restore(): void
}

const hooks = new WeakMap<Optimizer, Hook>()

/**
 * Calls the observer around every `applyGradients` of this optimizer object, which is what `model.fit`, `trainOnBatch` and
 * `optimizer.minimize` all go through. Several observers may look on. Returns the undo.
 */
export function observeUpdates(optimizer: Optimizer, observer: UpdateObserver): () => void {
  let hook = hooks.get(optimizer)
  if (!hook) {
    hook = install(optimizer)
    hooks.set(optimizer, hook)
  }
  hook.observers.add(observer)
  return () => {
    if (!hook.observers.delete(observer) || hook.observers.size > 0) return
    hook.restore()
    hooks.delete(optimizer)
  }
}

function install(optimizer: Optimizer): Hook {
  const observers = new Set<UpdateObserver>()
  const own = Object.getOwnPropertyDescriptor(optimizer, 'applyGradients')
  const original = optimizer.applyGradients
  const guarded = (observer: UpdateObserver, look: () => void): void => {
    try {
      look()
    } catch (error) {
      observer.failed(error)
    }
  }
  const observed = function (this: Optimizer, argument: NamedGradients): void {
    if (observers.size === 0) {
      original.call(this, argument)
      return
    }
    const gradients = namedGradients(argument)
    const looking = [...observers]
    for (const observer of looking) guarded(observer, () => observer.before(gradients))
    let applied = false
    try {
      original.call(this, argument)
      applied = true
    } finally {
      for (const observer of looking) guarded(observer, () => observer.after(gradients, applied))
    }
  }
  optimizer.applyGradients = observed
  return {
    observers,
    restore() {
      // Someone may have wrapped ours since: then leave theirs in place; ours passes calls through.
      if (optimizer.applyGradients !== observed) return
      if (own) Object.defineProperty(optimizer, 'applyGradients', own)
      else delete (optimizer as Partial<Optimizer>).applyGradients
    },
  }
}

function namedGradients(argument: NamedGradients): NamedGradient[] {
  if (Array.isArray(argument)) return argument.map(({ name, tensor }) => ({ name, gradient: tensor ?? null }))
  return Object.entries(argument as NamedTensorMap).map(([name, tensor]) => ({ name, gradient: tensor ?? null }))
}
