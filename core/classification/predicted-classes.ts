import { checkScores } from './check-scores.ts'
import { NO_PREDICTION } from './confusion-matrix.ts'

/**
 * The class with the highest score of each row; of equal ones the lowest number, as argmax everywhere. A row with a NaN predicts
 * nothing: −1.
 * @param scores row by row: logits or probabilities, `classes` per example
 */
export function predictedClasses(scores: ArrayLike<number>, classes: number): Int32Array {
  const rows = checkScores(scores, classes)
  const predictions = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    let best = 0
    let top = scores[row * classes] as number
    for (let index = 0; index < classes; index++) {
      const score = scores[row * classes + index] as number
      if (Number.isNaN(score)) {
        best = NO_PREDICTION
        break
      }
      if (score > top) {
        top = score
        best = index
      }
    }
    predictions[row] = best
  }
  return predictions
}
