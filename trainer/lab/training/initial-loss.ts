import { finding } from '../../finding.ts'
import type { RecordValue } from '../../record-value.ts'

/** Beyond these, the first loss does not look like that of a network which knows nothing. */
const TOO_HIGH = 2
const TOO_LOW = 0.5

/**
 * Compares the loss before any update with what an untrained network should have; null when it is near.
 * `classes`: number of logits; `shared`: how the expected value is called, e.g. `log 10`.
 */
export function initialLossFinding(initial: number, expected: number, classes: number): { title: string; record: RecordValue } | null {
  const ratio = initial / expected
  if (ratio <= TOO_HIGH && ratio >= TOO_LOW) return null
  const figure = Number.isFinite(initial) ? initial.toPrecision(3) : String(initial)
  const title = `The loss before the first update is ${figure}; a network that knows nothing has ${expected.toPrecision(3)}`
  const detail =
    ratio < TOO_LOW
      ? 'The network does better than chance before it has learned anything: it may have been trained before, or the targets may leak into the inputs.'
      : 'The first outputs are far from even: look at the scale of the initial weights and of the inputs, the reduction of the loss, and the labels.'
  return {
    title,
    record: finding({
      code: 'initial-loss',
      severity: 'warning',
      title,
      detail,
      evidence: { initialLoss: initial, expectedInitialLoss: expected, ratio, classes },
    }),
  }
}
