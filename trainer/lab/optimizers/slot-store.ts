import type { Tensor, Variable } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../../tfjs/tf.ts'
import type { OptimizerState } from './lab-optimizer.ts'
import { stateName, stateNames } from './state-name.ts'
import type { UpdateRule } from './update-rule.ts'

/** What an optimizer remembers of one variable. */
export interface VariableState {
  /** In the order of `UpdateRule.slots`. */
  slots: Tensor[]
  /** How often the variable was updated. */
  updates: number
}

type Slots = OptimizerState['slots'][string]

/** Slot that carries the number of updates, where the rule uses it. */
const UPDATES = 'updates'
/** Float32 counts exactly up to here; 0.999999 to this power is below float32's resolution of 1. */
const MOST_UPDATES = 2 ** 24

/** State by variable name, made when a variable is first updated. */
export class SlotStore {
  readonly #tf: Tf
  readonly #rule: UpdateRule
  readonly #states = new Map<string, VariableState>()
  /** Imported, for variables that have not been updated since. */
  #waiting = new Map<string, Slots>()

  constructor(tf: Tf, rule: UpdateRule) {
    this.#tf = tf
    this.#rule = rule
  }

  /** The state of a variable, from the import or at zero when it is new. */
  of(variable: Variable): VariableState {
    const known = this.#states.get(variable.name)
    if (known) {
      for (const [index, slot] of known.slots.entries())
        if (slot.size !== variable.size) throw misfit(variable.name, this.#rule.slots[index]!, slot.size, variable)
      return known
    }
    const name = [variable.name, stateName(variable.name)].find((name) => this.#waiting.has(name))
    const imported = name === undefined ? undefined : this.#waiting.get(name)
    if (imported) checkSizes(variable, imported, this.#rule)
    const tf = this.#tf
    const state = {
      slots: this.#rule.slots.map((slot) =>
        tf.keep(imported ? tf.tensor(imported[slot]!.slice(), variable.shape, 'float32') : tf.zeros(variable.shape)),
      ),
      updates: imported?.[UPDATES]?.[0] ?? 0,
    }
    this.#states.set(variable.name, state)
    if (name !== undefined) this.#waiting.delete(name)
    return state
  }

  /** Takes new slots for a variable and counts the update. The tensors must be kept by the caller's tidy or not be in one. */
  replace(state: VariableState, slots: readonly Tensor[]): void {
    for (const [index, slot] of slots.entries()) {
      state.slots[index]!.dispose()
      state.slots[index] = this.#tf.keep(slot)
    }
    state.updates = Math.min(state.updates + 1, MOST_UPDATES)
  }

  async export(): Promise<OptimizerState['slots']> {
    const names = stateNames([...this.#states.keys(), ...this.#waiting.keys()])
    // Held at once, read later: training may go on while the device is read.
    const held = [...this.#states].map(([name, state]) => ({
      name: names.get(name)!,
      updates: state.updates,
      slots: state.slots.map((slot) => this.#tf.keep(slot.clone())),
    }))
    const exported: OptimizerState['slots'] = {}
    for (const [name, slots] of this.#waiting) exported[names.get(name)!] = copyOf(slots)
    try {
      for (const { name, updates, slots } of held) {
        const one: Slots = {}
        for (const [index, slot] of slots.entries()) one[this.#rule.slots[index]!] = (await slot.data<'float32'>()).slice()
        if (this.#rule.countsUpdates) one[UPDATES] = Float32Array.of(updates)
        exported[name] = one
      }
    } finally {
      for (const { slots } of held) this.#tf.dispose(slots)
    }
    return exported
  }

  /** Replaces everything, or throws and changes nothing. */
  import(slots: OptimizerState['slots'], variables: readonly Variable[]): void {
    const wanted = [...this.#rule.slots, ...(this.#rule.countsUpdates ? [UPDATES] : [])]
    for (const [name, one] of Object.entries(slots)) {
      const given = Object.keys(one)
      if (given.length !== wanted.length || wanted.some((slot) => !(one[slot] instanceof Float32Array)))
        throw new LossboardError(
          'invalid_value',
          `the saved optimizer state of "${name}" has the slots ${given.join(', ') || '(none)'}: it must have ${wanted.join(', ') || '(none)'}, each a Float32Array`,
        )
    }
    for (const variable of variables) {
      const one = slots[variable.name] ?? slots[stateName(variable.name)]
      if (one) checkSizes(variable, one, this.#rule)
    }
    this.clear()
    this.#waiting = new Map(Object.entries(slots).map(([name, one]) => [name, copyOf(one)]))
  }

  clear(): void {
    for (const { slots } of this.#states.values()) this.#tf.dispose(slots)
    this.#states.clear()
    this.#waiting.clear()
  }
}

function copyOf(slots: Slots): Slots {
  return Object.fromEntries(Object.entries(slots).map(([slot, values]) => [slot, values.slice()]))
}

function checkSizes(variable: Variable, slots: Slots, rule: UpdateRule): void {
  for (const slot of rule.slots) if (slots[slot]!.length !== variable.size) throw misfit(variable.name, slot, slots[slot]!.length, variable)
  if (rule.countsUpdates && slots[UPDATES]!.length !== 1)
    throw new LossboardError(
      'invalid_value',
      `the saved optimizer state of "${variable.name}" has ${slots[UPDATES]!.length} counts of updates: it must have 1`,
    )
}

function misfit(name: string, slot: string, size: number, variable: Variable): LossboardError {
  return new LossboardError(
    'invalid_value',
    `the optimizer's "${slot}" of "${name}" has ${size} numbers, but the variable has ${variable.size} (shape [${variable.shape.join(', ')}]): the state belongs to another model`,
  )
}
