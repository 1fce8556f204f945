import { describe, expect, it } from 'vitest'
import { curve, falling, verdict } from './curves.ts'

const evaluations = (at: (share: number) => number, noise = 0.005) => curve(40, at, { every: 50, first: 49, noise })
const rising =
  (to: number, quick = 6) =>
  (share: number) =>
    to * (1 - 0.9 * Math.exp(-quick * share))

describe('D15, loss spikes', () => {
  const spiked = (height: number, every: number) => {
    const loss = curve(4000, falling(2.3, 0.4), { noise: 0.15 })
    for (let i = 500; i < 4000; i += every) loss.value[i] = height
    return { 'train/loss': loss }
  }

  it('fires on outliers that come again and again, graver when they pass the first loss', () => {
    expect(verdict('D15', spiked(2, 200))).toMatchObject({ state: 'fired', severity: 'info' })
    expect(verdict('D15', spiked(30, 200))).toMatchObject({ state: 'fired', severity: 'warning', firstStep: 500 })
  })

  it('is clear for single spikes, plain noise, a long tail, and small values near 0', () => {
    expect(verdict('D15', spiked(30, 1500))).toMatchObject({ state: 'clear' })
    expect(verdict('D15', { loss: curve(4000, falling(2.3, 0.4), { noise: 0.3 }) })).toMatchObject({ state: 'clear' })
    const tail = curve(4000, falling(2.3, 0.4), { noise: 1 })
    tail.value.forEach((value, i) => {
      tail.value[i] = 0.05 * Math.exp(value)
    })
    expect(verdict('D15', { loss: tail })).toMatchObject({ state: 'clear' })
    const small = curve(4000, (share, i) => (share < 0.2 ? falling(2.3, 0.01, 40)(share) : i % 100 === 0 ? 0.15 : 0.005), { noise: 0.3 })
    expect(verdict('D15', { loss: small })).toMatchObject({ state: 'clear' })
  })

  it('measures a training that starts from trained weights by the loss of guessing', () => {
    const tuned = curve(2000, () => 0.02, { noise: 0.4 })
    for (let i = 500; i < 2000; i += 100) tuned.value[i] = 0.3
    const accuracy = curve(20, () => 0.99, { every: 100, first: 99 })
    const found = verdict('D15', { 'train/loss': tuned, 'val/accuracy': accuracy }, { facts: { classes: 10 } })
    expect(found.state === 'fired' ? found.severity : found.state).not.toBe('warning')
  })

  it('needs the losses of steps', () => {
    expect(verdict('D15', { loss: curve(60, falling(2, 1)) })).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D16, a plateau', () => {
  it('is noted where the loss has no trend, not while it falls or is done', () => {
    expect(verdict('D16', { loss: curve(2000, falling(2.3, 0.6, 15), { noise: 0.1 }) })).toMatchObject({ state: 'fired', severity: 'info' })
    expect(verdict('D16', { loss: curve(2000, falling(2.3, 0.6, 1.5), { noise: 0.05 }) })).toMatchObject({ state: 'clear' })
    expect(verdict('D16', { loss: curve(2000, falling(2.3, 0.001, 20), { noise: 0.1 }) })).toMatchObject({ state: 'clear' })
  })

  it('is none while the learning rate is being lowered', () => {
    const lr = curve(2000, (share) => 0.1 * (1 + Math.cos(Math.PI * share)))
    expect(verdict('D16', { loss: curve(2000, falling(2.3, 0.6, 15), { noise: 0.1 }), lr })).toMatchObject({ state: 'clear' })
  })
})

describe('D17, a decay too early', () => {
  const dropAt = (at: number) => curve(2000, (share) => (share < at ? 0.1 : 0.001))
  const stopped = curve(2000, (share) => (share < 0.06 ? 2.3 - 12 * share : 1.55 - 0.02 * share), { noise: 0.03 })

  it('fires where the loss was still falling and then hardly did', () => {
    expect(verdict('D17', { loss: stopped, lr: dropAt(0.06) })).toMatchObject({ state: 'fired', severity: 'warning' })
  })

  it('is clear for a decay on a plateau, and for one that brought more', () => {
    const timed = curve(2000, (share) => (share < 0.5 ? falling(2.3, 0.8, 20)(share) : 0.4 - 0.02 * share), { noise: 0.03 })
    expect(verdict('D17', { loss: timed, lr: dropAt(0.5) })).toMatchObject({ state: 'clear' })
    const wentOn = curve(2000, (share) => 2.3 - 2 * share, { noise: 0.03 })
    expect(verdict('D17', { loss: wentOn, lr: dropAt(0.3) })).toMatchObject({ state: 'clear' })
  })

  it('is clear where evaluations are too rare to tell', () => {
    const rare = (at: (share: number) => number) => curve(12, at, { every: 100 })
    expect(verdict('D17', { loss: rare((share) => 2.3 - share), lr: rare((share) => (share < 0.2 ? 0.1 : 0.001)) }).state).not.toBe('fired')
  })

  it('is no matter of a cosine, and needs the rate', () => {
    expect(verdict('D17', { loss: stopped, lr: curve(2000, (share) => 1 + Math.cos(Math.PI * share)) })).toMatchObject({ state: 'not-applicable' })
    expect(verdict('D17', { loss: stopped })).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D18, still improving', () => {
  it('is noted where validation still gets better, in accuracy or loss', () => {
    expect(verdict('D18', { 'val/accuracy': evaluations((share) => 0.3 + 0.4 * share) })).toMatchObject({ state: 'fired', severity: 'info' })
    expect(verdict('D18', { 'val/loss': evaluations((share) => 2 - share) })).toMatchObject({ state: 'fired' })
    expect(verdict('D18', { 'val/accuracy': evaluations(rising(0.9, 20)) })).toMatchObject({ state: 'clear' })
    expect(verdict('D18', { 'val/accuracy': curve(5, (share) => share, { every: 50 }) })).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D20, underfitting', () => {
  const rest = { 'train/loss': curve(2000, falling(2.3, 1.6, 20), { noise: 0.03 }) }
  const accuracies = (train: number, val: number) => ({
    ...rest,
    'train-eval/accuracy': evaluations(rising(train, 30)),
    'val/accuracy': evaluations(rising(val, 30)),
  })
  const ten = { facts: { classes: 10 } }

  it('fires on a low accuracy without a gap that has come to rest; mildly where labels may be noisy', () => {
    expect(verdict('D20', accuracies(0.26, 0.25), ten)).toMatchObject({ state: 'fired', severity: 'warning' })
    expect(verdict('D20', accuracies(0.7, 0.69), ten)).toMatchObject({ state: 'fired', severity: 'info' })
  })

  it('is clear with a gap, with enough learned, and while it still improves', () => {
    expect(verdict('D20', accuracies(0.6, 0.3), ten)).toMatchObject({ state: 'clear' })
    expect(verdict('D20', accuracies(0.97, 0.96), ten)).toMatchObject({ state: 'clear' })
    const improving = { ...accuracies(0.26, 0.25), 'val/accuracy': evaluations((share) => 0.1 + 0.15 * share) }
    expect(verdict('D20', improving, ten)).toMatchObject({ state: 'clear' })
  })

  it('does not hold dropout against the network', () => {
    const dropout = { ...rest, 'train/accuracy': evaluations(rising(0.5, 30)), 'val/accuracy': evaluations(rising(0.96, 30)) }
    expect(verdict('D20', dropout, ten)).toMatchObject({ state: 'clear' })
  })
})

describe('D22, labels or split', () => {
  const ten = { facts: { classes: 10, validationExamples: 1000 } }

  it('fires on training labels learned by heart', () => {
    const found = { 'train/accuracy': curve(2000, rising(0.9)), 'val/accuracy': evaluations(() => 0.1) }
    expect(verdict('D22', found, ten)).toMatchObject({ state: 'fired', severity: 'warning' })
  })

  it('fires on a validation that is better, measured in the same mode; not on one made worse by dropout', () => {
    const val = evaluations(rising(0.95, 20))
    expect(verdict('D22', { 'train-eval/accuracy': evaluations(rising(0.8, 20)), 'val/accuracy': val }, ten)).toMatchObject({ state: 'fired' })
    expect(verdict('D22', { 'train/accuracy': evaluations(rising(0.8, 20)), 'val/accuracy': val }, ten)).toMatchObject({ state: 'clear' })
  })

  it('sees labels learned by heart without knowing the number of classes', () => {
    const found = { 'train/accuracy': curve(2000, rising(0.9)), 'val/accuracy': evaluations(() => 0.1, 0.05) }
    expect(verdict('D22', found)).toMatchObject({ state: 'fired' })
    expect(verdict('D22', { ...found, 'val/accuracy': evaluations(rising(0.5)) })).toMatchObject({ state: 'clear' })
  })

  it('is clear for accuracies that go together, in percent too', () => {
    const percent = { 'train/acc': curve(2000, (share) => 100 * rising(0.9)(share)), 'val/acc': evaluations((share) => 100 * rising(0.7)(share)) }
    expect(verdict('D22', percent, ten)).toMatchObject({ state: 'clear' })
  })
})

describe('D23, class imbalance', () => {
  const confusion = (counts: number[][]) => ({ facts: { confusion: { step: 500, counts, classes: counts.map((_, i) => `c${i}`) } } })
  const some = { 'val/accuracy': evaluations(rising(0.9)), 'train/loss': curve(2000, falling(2, 0.3)) }

  it('fires on unequal classes of which a small one is not found, and on one answer to everything', () => {
    expect(
      verdict(
        'D23',
        some,
        confusion([
          [900, 10],
          [60, 20],
        ]),
      ),
    ).toMatchObject({ state: 'fired', severity: 'warning', firstStep: 500 })
    expect(
      verdict(
        'D23',
        some,
        confusion([
          [100, 0],
          [99, 1],
        ]),
      ),
    ).toMatchObject({ state: 'fired' })
  })

  it('is clear for unequal classes that are all found, and for equal ones', () => {
    expect(
      verdict(
        'D23',
        some,
        confusion([
          [900, 10],
          [10, 70],
        ]),
      ),
    ).toMatchObject({ state: 'clear' })
    expect(
      verdict(
        'D23',
        some,
        confusion([
          [50, 50],
          [40, 60],
        ]),
      ),
    ).toMatchObject({ state: 'clear' })
  })

  it('sees the share of the largest class in the accuracy', () => {
    const facts = { classCounts: [920, 80] }
    expect(verdict('D23', { ...some, 'val/accuracy': evaluations(() => 0.92, 0) }, { facts })).toMatchObject({ state: 'fired' })
    expect(verdict('D23', some)).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D27, noisy late training', () => {
  it('is noted where evaluations vary more than they gain', () => {
    expect(verdict('D27', { 'val/loss': evaluations(() => 1, 0.1) })).toMatchObject({ state: 'fired', severity: 'info' })
    expect(verdict('D27', { 'val/loss': evaluations((share) => 2 - share, 0.005) })).toMatchObject({ state: 'clear' })
    expect(verdict('D27', { 'val/loss': curve(6, () => 1, { every: 100 }) })).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D28, a small sample', () => {
  const facts = { trainExamples: 20, classes: 10 }

  it('fires when a few examples are not learned in 1,000 steps', () => {
    expect(verdict('D28', { 'train/loss': curve(1100, () => 2.2, { noise: 0.05 }) }, { facts })).toMatchObject({
      state: 'fired',
      severity: 'critical',
    })
    expect(verdict('D28', { 'train/loss': curve(400, () => 2.2, { noise: 0.05 }) }, { facts })).toMatchObject({ state: 'not-enough-data' })
    expect(verdict('D28', { 'train/loss': curve(400, falling(2.3, 0, 20)) }, { facts })).toMatchObject({ state: 'clear' })
  })

  it('is no matter of a whole data set', () => {
    expect(verdict('D28', { 'train/loss': curve(1100, () => 2.2) }, { facts: { trainExamples: 5000 } })).toMatchObject({ state: 'not-applicable' })
  })
})
