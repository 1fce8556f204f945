/** Random changes of training examples. */
export interface Augmentation {
  /**
   * Changes `n` raw examples (pixels from 0 to 1, before preprocessing) and their targets `[n, classes]` in place.
   * A pure function of the numbers drawn from `random`.
   */
  apply(inputs: Float32Array, targets: Float32Array, n: number, random: () => number): void
}
