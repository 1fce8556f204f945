import { describe, expect, it } from 'vitest'
import { curve, diagnose, falling, resultOf, verdict } from './curves.ts'

const ten = { facts: { classes: 10, loss: 'softmax-cross-entropy' } }

describe('D03, the first loss', () => {
  const starting = (first: number) => ({ 'train/loss': curve(40, falling(first, 0.5)) })

  it('is clear near ln C, noted above, a warning above twice that', () => {
    expect(verdict('D03', starting(2.4), ten)).toMatchObject({ state: 'clear' })
    expect(verdict('D03', starting(3.6), ten)).toMatchObject({ state: 'fired', severity: 'info' })
    expect(verdict('D03', starting(25), ten)).toMatchObject({ state: 'fired', severity: 'warning', firstStep: 0 })
  })

  it('takes a low start for trained weights, unless the accuracy is that of guessing', () => {
    expect(verdict('D03', starting(0.3), ten)).toMatchObject({ state: 'fired', severity: 'info' })
    const guessing = { ...starting(0.3), 'train/accuracy': curve(40, () => 0.1) }
    expect(verdict('D03', guessing, ten)).toMatchObject({ state: 'fired', severity: 'warning' })
    expect(verdict('D03', starting(0.3), { facts: { ...ten.facts, pretrained: true } })).toMatchObject({ state: 'not-applicable' })
  })

  it('does not take a mean over many steps or an epoch for the first loss', () => {
    expect(verdict('D03', { loss: curve(40, falling(25, 0.5), { every: 50, first: 50 }) }, ten)).toMatchObject({ state: 'not-enough-data' })
    const history = { loss: curve(20, falling(25, 0.5)), val_loss: curve(20, falling(20, 0.6)) }
    expect(verdict('D03', history, ten)).toMatchObject({ state: 'not-enough-data' })
  })

  it('needs the classes, and a loss of probabilities', () => {
    expect(verdict('D03', starting(25))).toMatchObject({ state: 'not-enough-data' })
    expect(verdict('D03', starting(25), { facts: { classes: 10, loss: 'mse' } })).toMatchObject({ state: 'not-applicable' })
    expect(verdict('D03', starting(0.69), { facts: { classes: 2, loss: 'binary_crossentropy' } })).toMatchObject({ state: 'clear' })
  })

  it('goes by what was measured before any update, where the trainer says it', () => {
    expect(verdict('D03', starting(2.4), { facts: { ...ten.facts, initialLoss: 30 } })).toMatchObject({ state: 'fired', severity: 'warning' })
  })
})

describe('D04, the inputs', () => {
  const inputs = (mean: number, std: number, min: number, max: number) =>
    Object.fromEntries(Object.entries({ mean, std, min, max }).map(([name, value]) => [`input/${name}`, curve(20, () => value, { every: 10 })]))

  it('is clear for standardised inputs, shares of 1 and one-hot features', () => {
    for (const usual of [inputs(0, 1, -3, 4), inputs(0.13, 0.31, 0, 1), inputs(0.01, 0.07, 0, 1)])
      expect(verdict('D04', usual)).toMatchObject({ state: 'clear' })
  })

  it('notes raw inputs, and warns where they did harm', () => {
    const raw = inputs(33, 78, 0, 255)
    expect(verdict('D04', { ...raw, 'train/loss': curve(200, falling(2.3, 0.3)) }, ten)).toMatchObject({ state: 'fired', severity: 'info' })
    expect(verdict('D04', { ...raw, 'train/loss': curve(200, falling(80, 2.3)) }, ten)).toMatchObject({ state: 'fired', severity: 'warning' })
    expect(verdict('D04', { ...raw, 'train/loss': curve(200, () => 2.3) })).toMatchObject({ state: 'fired', severity: 'warning' })
  })

  it('is critical for inputs that are not finite', () => {
    expect(verdict('D04', { 'input/not-finite': curve(5, (share) => (share > 0.4 ? 3 : 0), { every: 10 }) })).toMatchObject({
      state: 'fired',
      severity: 'critical',
      firstStep: 20,
    })
  })

  it('does not judge numbers of tokens, and says what to log', () => {
    const layers = [{ name: 'tokens', type: 'Embedding', trainable: true, units: 50, kernelSize: 1000 }]
    expect(verdict('D04', inputs(9000, 5000, 0, 50_000), { facts: { layers } })).toMatchObject({ state: 'not-applicable' })
    expect(verdict('D04', {})).toMatchObject({ state: 'not-enough-data' })
  })

  it('stands before the first loss it explains', () => {
    const { findings } = diagnose({ ...inputs(33, 78, 0, 255), 'train/loss': curve(200, falling(80, 2.3)) }, ten).results()
    expect(findings.map(({ rule, causedBy }) => [rule, causedBy]).slice(0, 2)).toEqual([
      ['D04', null],
      ['D03', 'D04'],
    ])
  })
})

describe('D12, a flat start', () => {
  /** Flat for a share of the run, then a sigmoid down. */
  const late = (flat: number) => (share: number) => 0.3 + 2 / (1 + Math.exp((share - flat - 0.06) * 60))

  it('fires on a flat start with a sharp drop, at any spacing of the log', () => {
    for (const every of [1, 20]) {
      const found = verdict('D12', { 'train/loss': curve(1500, late(0.3), { noise: 0.03, every }) })
      expect(found).toMatchObject({ state: 'fired', severity: 'warning' })
      if (found.state === 'fired') expect(Math.abs(found.lastStep - 0.33 * 1500 * every)).toBeLessThan(0.06 * 1500 * every)
    }
    const history = { loss: curve(40, late(0.4), { noise: 0.01 }), val_loss: curve(40, late(0.4), { noise: 0.02 }) }
    expect(verdict('D12', history)).toMatchObject({ state: 'fired' })
  })

  it('is clear for a quick start, a straight or slow way down, a noisy one, and a fine-tuning', () => {
    const ways = [falling(2.3, 0.3), falling(2.3, 0.3, 2), (share: number) => 0.69 - 0.1 * share, (share: number) => 11 - 7 * share ** 0.3, () => 0.3]
    for (const way of ways) for (const noise of [0, 0.1, 0.3]) expect(verdict('D12', { loss: curve(2000, way, { noise }) }).state).toBe('clear')
  })

  it('leaves a known warm-up out', () => {
    const lr = curve(1500, (share) => Math.min(1, share / 0.35))
    expect(verdict('D12', { 'train/loss': curve(1500, late(0.3), { noise: 0.03 }), lr })).toMatchObject({ state: 'clear' })
  })

  it('asks for more', () => {
    expect(verdict('D12', { loss: curve(25, falling(2, 1), { every: 10 }) })).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D14, stuck at chance', () => {
  const stuck = { 'train/loss': curve(800, () => 2.305, { noise: 0.02 }), 'val/accuracy': curve(8, () => 0.1, { noise: 0.1, every: 100, first: 99 }) }

  it('fires on the loss and accuracy of guessing', () => {
    expect(verdict('D14', stuck, ten)).toMatchObject({ state: 'fired', severity: 'critical', firstStep: 0 })
    expect(verdict('D14', { 'train/loss': stuck['train/loss'] }, ten)).toMatchObject({ state: 'fired' })
  })

  it('fires with a penalty in the loss, where the accuracy is that of guessing', () => {
    expect(verdict('D14', { ...stuck, 'train/loss': curve(800, () => 5, { noise: 0.02 }) }, ten)).toMatchObject({ state: 'fired' })
  })

  it('knows that shares of classes lower the loss of guessing', () => {
    const facts = { classCounts: [900, 100], classes: 2 }
    const majority = { 'train/loss': curve(800, () => 0.326, { noise: 0.05 }), 'val/accuracy': curve(8, () => 0.9, { every: 100, first: 99 }) }
    expect(verdict('D14', majority, { facts })).toMatchObject({ state: 'fired' })
    const learned = { ...majority, 'val/accuracy': curve(8, () => 0.97, { every: 100, first: 99 }) }
    expect(verdict('D14', learned, { facts })).toMatchObject({ state: 'clear' })
  })

  it('needs no number of classes where loss and accuracy speak of guessing themselves', () => {
    expect(verdict('D14', stuck)).toMatchObject({ state: 'fired' })
    expect(verdict('D14', { ...stuck, 'val/accuracy': curve(8, () => 0.4, { every: 100, first: 99 }) })).toMatchObject({ state: 'clear' })
    expect(verdict('D14', { 'train/loss': stuck['train/loss'] })).toMatchObject({ state: 'not-enough-data' })
  })

  it('is clear while the loss comes down slowly, and before an epoch is over', () => {
    const slow = { 'train/loss': curve(800, (share) => 2.35 - 0.1 * share, { noise: 0.01 }) }
    expect(verdict('D14', slow, ten)).toMatchObject({ state: 'clear' })
    expect(verdict('D14', stuck, { facts: { ...ten.facts, stepsPerEpoch: 5000 } })).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D26, a stalled run', () => {
  const running = (silent: number) => {
    const { step, value } = curve(100, falling(2, 1))
    const diagnosis = diagnose({}, { facts: { state: 'running' } })
    diagnosis.add(
      'train/loss',
      step,
      value,
      step.map((at) => 1e12 + at * 1000),
    )
    diagnosis.now(1e12 + 99_000 + silent)
    return resultOf(diagnosis, 'D26')
  }

  it('fires after a long silence and not within the pace of the run', () => {
    expect(running(29_000)).toMatchObject({ state: 'clear' })
    expect(running(31_000)).toMatchObject({ state: 'fired', firstStep: 99 })
  })

  it('needs a clock, and does not speak of a run that has ended', () => {
    expect(verdict('D26', { loss: curve(100, falling(2, 1)) })).toMatchObject({ state: 'not-enough-data' })
    expect(verdict('D26', {}, { facts: { state: 'ended' } })).toMatchObject({ state: 'not-applicable' })
  })
})
