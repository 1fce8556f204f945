import { LossboardError } from '../../../core/errors.ts'
import type { JsonObject } from '../../../core/run.ts'
import type { Seeds } from '../config/derive-seeds.ts'
import type { NamedWeights } from '../models/named-weights.ts'
import type { OptimizerState } from '../optimizers/lab-optimizer.ts'
import type { BestSoFar } from './early-stopping.ts'

export const CHECKPOINT_FORMAT = 'lossboard-lab-1'

/** Everything a run needs to go on as if it had never stopped. Data order, masks and augmentation are functions of seed and step. */
export interface CheckpointState {
  /** Updates done: the next one is that of this step. */
  stepsDone: number
  seeds: Seeds
  /** SHA-256 of what decides the training (see `config-hash.ts`). */
  configHash: string
  classes: string[]
  inputShape: number[]
  /** Batch norm statistics among them. */
  weights: NamedWeights
  shapes: Record<string, number[]>
  optimizer: OptimizerState
  /** By the metric of early stopping, null when that is off; and by that of the checkpoints. */
  stopping: BestSoFar | null
  best: BestSoFar
  /** Weights to return to at the end, when they are not these. */
  bestWeights: NamedWeights | null
  /** Training losses in a row, up to now, that are no numbers. */
  nonFiniteInRow: number
  /** Wall time of training so far, over all attempts. */
  seconds: number
  /** Figures of the beginning that the summary repeats. */
  start: JsonObject
}

interface Head extends Omit<CheckpointState, 'weights' | 'bestWeights' | 'optimizer'> {
  format: string
  /** In the order of the numbers; best weights follow in the same order when there are any. */
  weights: string[]
  bestWeights: boolean
  optimizer: { kind: string; iterations: number; slots: { variable: string; slot: string; length: number }[] }
}

const HEAD_AT = 4

/**
 * One block of bytes: the length of the head (uint32, little-endian), the head (JSON, UTF-8, padded with spaces to a multiple of 4), then
 * the numbers of weights, best weights and optimizer slots in the head's order (float32, little-endian). Exact: no number is rounded.
 */
export function encodeCheckpoint(state: CheckpointState): Uint8Array {
  const slots = Object.entries(state.optimizer.slots).flatMap(([variable, values]) =>
    Object.entries(values).map(([slot, numbers]) => ({ variable, slot, numbers })),
  )
  const names = Object.keys(state.weights)
  const head: Head = {
    ...state,
    format: CHECKPOINT_FORMAT,
    weights: names,
    bestWeights: state.bestWeights !== null,
    optimizer: {
      kind: state.optimizer.kind,
      iterations: state.optimizer.iterations,
      slots: slots.map(({ variable, slot, numbers }) => ({ variable, slot, length: numbers.length })),
    },
  }
  const text = new TextEncoder().encode(JSON.stringify(head))
  const headLength = Math.ceil(text.length / 4) * 4
  const blocks = [state.weights, state.bestWeights].filter((block) => block !== null)
  const columns = [...blocks.flatMap((block) => names.map((name) => block[name] as Float32Array)), ...slots.map(({ numbers }) => numbers)]
  const floats = columns.reduce((sum, column) => sum + column.length, 0)
  const bytes = new Uint8Array(HEAD_AT + headLength + floats * 4).fill(0x20, HEAD_AT, HEAD_AT + headLength)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, headLength, true)
  bytes.set(text, HEAD_AT)
  let at = HEAD_AT + headLength
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) view.setFloat32(at + i * 4, column[i]!, true)
    at += column.length * 4
  }
  return bytes
}

/** @throws LossboardError `invalid_value` for bytes that are no checkpoint of this format, or cut short */
export function decodeCheckpoint(bytes: Uint8Array): CheckpointState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = readHead(bytes, view)
  let at = HEAD_AT + view.getUint32(0, true)
  const take = (length: number): Float32Array => {
    if (at + length * 4 > bytes.byteLength) throw new LossboardError('invalid_value', 'this checkpoint is cut short: its bytes end too soon')
    const values = new Float32Array(length)
    for (let i = 0; i < length; i++) values[i] = view.getFloat32(at + i * 4, true)
    at += length * 4
    return values
  }
  const block = (): NamedWeights => Object.fromEntries(head.weights.map((name) => [name, take(sizeOf(head.shapes[name] ?? []))]))
  const weights = block()
  const bestWeights = head.bestWeights ? block() : null
  const slots: OptimizerState['slots'] = {}
  for (const { variable, slot, length } of head.optimizer.slots) {
    slots[variable] ??= {}
    slots[variable][slot] = take(length)
  }
  const { format: _, ...state } = head
  return { ...state, weights, bestWeights, optimizer: { ...head.optimizer, slots } }
}

function readHead(bytes: Uint8Array, view: DataView): Head {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_AT, HEAD_AT + view.getUint32(0, true)))) as Head
    if (head.format === CHECKPOINT_FORMAT) return head
    throw new LossboardError('invalid_value', `this checkpoint has the format "${String(head.format)}", this version reads ${CHECKPOINT_FORMAT}`)
  } catch (error) {
    if (error instanceof LossboardError) throw error
    throw new LossboardError('invalid_value', `these bytes are no checkpoint of the lab (${CHECKPOINT_FORMAT})`)
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
