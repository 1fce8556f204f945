import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import { rowsOf } from './look.ts'

const NEIGHBOURS = 15

/** Accuracy on the validation split of the vote of the nearest training rows: what these data allow, without any network. */
export function nearestNeighbours(session: LabSession): number {
  const train = rowsOf(session, session.dataset.train, 1500)
  const val = rowsOf(session, session.dataset.validation)
  const size = train.inputs.length / train.n
  let right = 0
  for (let row = 0; row < val.n; row++) {
    const distances = Array.from({ length: train.n }, (_, other) => {
      let sum = 0
      for (let i = 0; i < size; i++) sum += ((val.inputs[row * size + i] as number) - (train.inputs[other * size + i] as number)) ** 2
      return { label: train.labels[other] as number, sum }
    })
    const votes = new Map<number, number>()
    for (const { label } of distances.sort((a, b) => a.sum - b.sum).slice(0, NEIGHBOURS)) votes.set(label, (votes.get(label) ?? 0) + 1)
    const [winner] = [...votes].sort((a, b) => b[1] - a[1])
    if (winner?.[0] === val.labels[row]) right++
  }
  return right / val.n
}
