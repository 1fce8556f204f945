import type { RunFacts } from '../run-facts.ts'

export interface Chance {
  classes: number
  /** Loss of equal probabilities, and of the shares of the classes where these are known. */
  losses: number[]
  /** Accuracy of always guessing the largest class; 1 over the classes when the shares are not known. */
  accuracy: number
}

/** What guessing gives. Null when the number of classes is not known, or the loss is none of probabilities. */
export function chanceOf(facts: RunFacts): Chance | null {
  const { classCounts, loss, expectedInitialLoss } = facts
  const classes = facts.classes ?? classCounts?.length
  if (classes === undefined || classes < 2) return null
  const total = (classCounts ?? []).reduce((sum, n) => sum + n, 0)
  const shares = total > 0 ? classCounts!.map((n) => n / total) : null
  const entropy = shares?.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0)
  const kind = lossKind(loss)
  if (kind === 'other') return null
  const equal = expectedInitialLoss ?? (kind === 'sigmoid' ? Math.LN2 : Math.log(classes))
  return {
    classes,
    losses: entropy === undefined || kind === 'sigmoid' ? [equal] : [equal, entropy],
    accuracy: shares ? Math.max(...shares) : 1 / classes,
  }
}

/** Cross-entropy over classes, over yes and no, or something that has no such scale. Not said: taken for the usual one. */
export function lossKind(loss: string | undefined): 'softmax' | 'sigmoid' | 'other' {
  if (loss === undefined) return 'softmax'
  if (/sigmoid|bce|binary/i.test(loss)) return 'sigmoid'
  return /cross|entropy|softmax|nll|^ce$|xent|log[-_ ]?loss/i.test(loss) ? 'softmax' : 'other'
}

/** Two standard errors of an accuracy near `accuracy`, measured on n examples; 500 where n is not known. */
export function twoStandardErrors(accuracy: number, n = 500): number {
  return 2 * Math.sqrt((accuracy * (1 - accuracy)) / n)
}

/** Nats by which a loss may miss that of guessing, at least and as a share of it. */
const IMPLIED = 0.03
const MOST_CLASSES = 2000

/**
 * The guessing that a loss and an accuracy themselves speak of, where nobody said how many classes there are: a loss of 2.3 with an accuracy
 * of 10 % is that of ten. A network that knows anything is right more often than its loss says. Null when they do not fit.
 */
export function impliedChance(loss: number, accuracy: number): Chance | null {
  const classes = Math.round(Math.exp(loss))
  if (!(classes >= 2 && classes <= MOST_CLASSES)) return null
  const expected = Math.log(classes)
  if (Math.abs(loss - expected) > IMPLIED * Math.max(1, expected) || Math.abs(accuracy - 1 / classes) > twoStandardErrors(1 / classes)) return null
  return { classes, losses: [expected], accuracy: 1 / classes }
}
