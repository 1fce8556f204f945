import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'

/** A number that stays on the device until somebody asks for it. */
export class HeldNumber {
  #tensor: Tensor | null = null
  #value: number | null = null

  /** Takes the next one; null: there is none. */
  hold(tf: Tf, tensor: Tensor | null): void {
    this.#tensor?.dispose()
    this.#tensor = tensor && tf.keep(tensor)
    this.#value = null
  }

  /** Null when there is none, or the backend cannot read at once. */
  read(): number | null {
    if (!this.#tensor) return this.#value
    try {
      this.#value = Number(this.#tensor.dataSync()[0])
    } catch {
      // WebGPU in Node cannot read synchronously.
      return null
    }
    this.#tensor.dispose()
    this.#tensor = null
    return this.#value
  }
}
