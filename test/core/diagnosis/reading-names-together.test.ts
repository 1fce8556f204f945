import { describe, expect, it } from 'vitest'
import { curve, diagnose, falling, verdict } from './curves.ts'

const loss = curve(20, falling(2, 0.5))

describe('what a name means beside others', () => {
  it('takes a bare accuracy beside a validation loss for that of the validation split', () => {
    const accuracy = curve(20, (share) => share)
    expect(diagnose({ train_loss: loss, valid_loss: loss, accuracy }).view().valAccuracy?.name).toBe('accuracy')
    const keras = diagnose({ loss, val_loss: loss, accuracy, val_accuracy: accuracy }).view()
    expect([keras.valAccuracy?.name, keras.series('train-accuracy')?.name]).toEqual(['val_accuracy', 'accuracy'])
  })

  it('takes the denser of two training losses for that of the batches', () => {
    const view = diagnose({
      'train/loss': curve(20, falling(2, 0.5), { every: 50 }),
      loss: curve(1000, falling(2, 0.5)),
      'val/loss': curve(20, falling(2, 0.5), { every: 50 }),
    }).view()
    expect([view.series('train-loss')?.name, view.series('train-epoch-loss')?.name, view.perEpoch]).toEqual(['loss', 'train/loss', false])
  })

  it('reads percent as shares, and an error rate as its complement', () => {
    const percent = diagnose({ 'train/acc': curve(20, (share) => 90 * share), 'val/err': curve(20, (share) => 100 - 80 * share) }).view()
    expect(percent.series('train-accuracy')?.curve.value.at(-1)).toBeCloseTo(0.9, 10)
    expect(percent.valAccuracy?.curve.value.at(-1)).toBeCloseTo(0.8, 10)
  })

  it('sees from a few accuracies how many examples they are of', () => {
    const of = (n: number) => diagnose({ 'val/accuracy': curve(20, (share) => Math.round(n * (0.3 + 0.5 * share)) / n) }).view().validationExamples
    expect([of(40), of(1000)].map((n) => (n ?? 0) <= 1000)).toEqual([true, true])
    expect(of(40)).toBe(40)
    expect(diagnose({ 'val/accuracy': curve(3, () => 0.5) }).view().validationExamples).toBeUndefined()
  })

  it('leaves the losses of an agent alone, but for NaN', () => {
    const rising = curve(600, (share) => 0.01 + share)
    const agent = { 'train/loss': rising, 'rollout/ep_rew_mean': curve(60, (share) => share, { every: 10 }) }
    expect(verdict('D02', { 'train/loss': rising })).toMatchObject({ state: 'fired' })
    expect(verdict('D02', agent)).toMatchObject({ state: 'not-applicable' })
    rising.value.fill(Number.NaN, 500)
    expect(verdict('D01', agent)).toMatchObject({ state: 'fired' })
  })
})
