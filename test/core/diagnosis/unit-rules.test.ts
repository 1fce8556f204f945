import { describe, expect, it } from 'vitest'
import type { RuleId } from '../../../core/diagnosis/rule-names.ts'
import { type Columns, curve, diagnose, falling, verdict } from './curves.ts'
import { denseModel, inside, sampled, stuck } from './inside.ts'

const fired = (severity: string, more: object = {}) => ({ state: 'fired', severity, ...more })
const every50 = (at: (share: number, i: number) => number): Columns => curve(12, at, { every: 50 })

/** The verdict with a table of layers known. */
function withModel(rule: RuleId, series: Record<string, Columns>, layers: string[], units?: number) {
  const diagnosis = diagnose(series)
  diagnosis.addRecord('model', 'model', 0, denseModel(layers, units))
  return diagnosis.results().results.find((one) => one.rule === rule)
}

describe('D08 dead units', () => {
  it('is critical for a dead layer of a network that does not learn, a warning for half of one', () => {
    const dead = { 'dead-fraction/hidden1-activation': every50((_, i) => (i < 3 ? 0 : 1)) }
    expect(verdict('D08', inside({ ...dead, 'train/loss': stuck() }))).toMatchObject(
      fired('critical', { firstStep: 150, subjects: ['hidden1-activation'] }),
    )
    const half = { 'dead-fraction/hidden1-activation': every50(() => 0.6) }
    expect(verdict('D08', inside(half))).toMatchObject(fired('warning'))
    expect(verdict('D08', inside({ ...half, 'train/loss': curve(600, falling(2.3, 0.01)) }))).toMatchObject(fired('info'))
  })

  it('lets one look pass, units that came back, and half of a layer of four', () => {
    expect(verdict('D08', inside({ 'dead-fraction/a': every50((_, i) => (i === 4 || i === 5 ? 1 : 0)) })).state).toBe('clear')
    expect(verdict('D08', inside({ 'dead-fraction/a': every50((_, i) => (i < 5 ? 1 : 0)) })).state).toBe('clear')
    const narrow = inside({ 'dead-fraction/hidden1-activation': undefined, 'dead-fraction/hidden1': every50(() => 0.5) })
    expect(withModel('D08', narrow, ['hidden1'], 4)?.state).toBe('clear')
    expect(withModel('D08', narrow, ['hidden1'], 64)?.state).toBe('fired')
  })

  it('does not apply to a network without rectifiers', () => {
    const tanh = { 'train/loss': stuck(), 'saturated-units/a': every50(() => 0), 'activation-std/a': every50(() => 0.5) }
    expect(verdict('D08', tanh).state).toBe('not-applicable')
  })
})

describe('D09 saturated units', () => {
  const saturated = (at: (share: number, i: number) => number): Record<string, Columns> => ({
    'saturated-fraction/a': every50(at),
    'saturated-units/a': every50(at),
  })

  it('warns of a layer that began saturated, whatever it learned, and of one that got there and does not learn', () => {
    expect(verdict('D09', inside(saturated(() => 0.8)))).toMatchObject(fired('warning', { subjects: ['a'], firstStep: 0 }))
    const late = saturated((_, i) => (i < 6 ? 0.1 : 0.9))
    expect(verdict('D09', inside({ ...late, 'train/loss': stuck() }))).toMatchObject(fired('warning', { firstStep: 300 }))
    expect(verdict('D09', inside(late))).toMatchObject(fired('info'))
  })

  it('takes an Xavier tanh for healthy, and needs units as well as values', () => {
    expect(verdict('D09', inside(saturated((share) => 0.35 * share))).state).toBe('clear')
    expect(verdict('D09', inside({ ...saturated(() => 0.8), 'saturated-units/a': every50(() => 0.2) })).state).toBe('clear')
  })

  it('warns of activations that are all the same while nothing is learned', () => {
    const collapsed = { ...saturated(() => 0), 'activation-std/a': every50(() => 1e-3) }
    expect(verdict('D09', inside({ ...collapsed, 'train/loss': stuck() }))).toMatchObject(
      fired('warning', { says: expect.stringContaining('hardly vary') }),
    )
    expect(verdict('D09', inside(collapsed)).state).toBe('clear')
  })
})

describe('D10 vanishing gradient', () => {
  const norms = (first: number) => ({
    'gradient-norm/z-input': sampled(600, () => first),
    'gradient-norm/hidden1': sampled(600, () => 0.01),
    'gradient-norm/output': sampled(600, () => 1),
  })
  const layers = ['z-input', 'hidden1', 'output']

  it('fires when little reaches the first layer of the model and nothing is learned', () => {
    expect(withModel('D10', inside({ ...norms(1e-4), 'train/loss': stuck() }), layers)).toMatchObject(
      fired('warning', { subjects: ['z-input', 'hidden1'] }),
    )
  })

  it('is clear when the loss comes down all the same, and when only the middle is small', () => {
    expect(withModel('D10', inside(norms(1e-4)), layers)?.state).toBe('clear')
    expect(withModel('D10', inside({ ...norms(0.5), 'train/loss': stuck() }), layers)?.state).toBe('clear')
  })

  it('leaves dead layers to their own rule, and asks for the norms', () => {
    const dead = inside({ ...norms(0), 'train/loss': stuck(), 'dead-fraction/hidden1-activation': every50(() => 1) })
    expect(withModel('D10', dead, layers)?.state).toBe('clear')
    expect(verdict('D10', { 'train/loss': stuck(), 'gradient-norm/only': sampled(600, () => 1) }).state).toBe('not-enough-data')
  })
})

describe('D11 exploding gradient', () => {
  const bursting = (every: number, size: number) => curve(600, (_, i) => (i > 100 && i % every === 0 ? size : 1), { noise: 0.1 })

  it('fires on three bursts within a hundred steps, not on rare ones', () => {
    expect(verdict('D11', inside({ 'gradient-norm/global': bursting(20, 30) }))).toMatchObject(fired('warning'))
    expect(verdict('D11', inside({ 'gradient-norm/global': bursting(90, 30) })).state).toBe('clear')
  })

  it('takes bursts of a gradient that has become small for what they are', () => {
    const converged = curve(600, (share, i) => (i > 300 && i % 20 === 0 ? 0.5 : 2 * Math.exp(-10 * share)), { noise: 0.1 })
    expect(verdict('D11', inside({ 'gradient-norm/global': converged })).state).toBe('clear')
  })

  it('fires on a gradient that grows on its way back, and on a huge one', () => {
    const grown = inside({ 'gradient-norm/hidden1': sampled(600, () => 500), 'gradient-norm/output': sampled(600, () => 1) })
    expect(withModel('D11', grown, ['hidden1', 'output'])).toMatchObject(fired('warning', { subjects: ['hidden1'] }))
    expect(verdict('D11', inside({ 'gradient-norm/global': curve(600, () => 5000, { noise: 0.1 }) })).state).toBe('fired')
    // A loss of that size has a gradient of that size.
    const large = { 'train/loss': curve(600, falling(1e4, 10)), 'gradient-norm/global': curve(600, () => 5000, { noise: 0.1 }) }
    expect(verdict('D11', inside(large)).state).toBe('clear')
  })
})

describe('D13 symmetric weights', () => {
  it('fires on units that training does not tell apart, not on a last layer begun with zeros', () => {
    const alike = { 'twin-units/hidden1': { step: [0, 10, 20, 30], value: [1, 1, 1, 1] }, 'twin-units/output': { step: [0, 10], value: [1, 0] } }
    expect(verdict('D13', inside(alike))).toMatchObject(fired('critical', { subjects: ['hidden1'] }))
    expect(verdict('D13', inside({ 'twin-units/output': { step: [0, 10], value: [1, 0] } })).state).toBe('clear')
    expect(verdict('D13', inside({ 'twin-units/hidden1': { step: [0], value: [1] } })).state).toBe('not-enough-data')
  })
})

describe('D21 training and inference mode', () => {
  const once = (at: (share: number) => number) => curve(6, at, { every: 100, first: 90 })

  it('fires when the same batch is much worse in inference mode, twice in a row and to the end', () => {
    const worse = { 'same-batch/training-mode-loss': once(() => 0.2), 'same-batch/inference-mode-loss': once(() => 1) }
    expect(verdict('D21', inside(worse))).toMatchObject(fired('critical'))
    const settled = { ...worse, 'same-batch/inference-mode-loss': once((share) => (share < 0.5 ? 1 : 0.2)) }
    expect(verdict('D21', inside(settled)).state).toBe('clear')
  })

  it('is one-sided: dropout makes the training mode worse', () => {
    expect(verdict('D21', inside({ 'same-batch/training-mode-loss': once(() => 2), 'same-batch/inference-mode-loss': once(() => 0.5) })).state).toBe(
      'clear',
    )
  })

  it('compares evaluations on training examples where no batch was put through both modes', () => {
    const apart = { 'train/loss': curve(600, falling(2.3, 0.2), { noise: 0.1 }), 'train-eval/loss': once(() => 3) }
    expect(verdict('D21', apart)).toMatchObject(fired('warning'))
    expect(verdict('D21', { ...apart, 'train-eval/loss': once((share) => 0.2 + 0.1 * share) }).state).toBe('clear')
  })
})

describe('D24 penalty', () => {
  it('fires when the penalty pulls harder than the data, and the loss is far from done', () => {
    const pulled = { 'train/penalty-gradient-norm': curve(600, () => 1), 'train/loss': curve(600, falling(2.3, 0.8)) }
    expect(verdict('D24', inside(pulled))).toMatchObject(fired('warning', { says: expect.stringContaining('pulls as hard') }))
    expect(verdict('D24', inside({ 'train/penalty': curve(600, () => 9), 'train/loss': stuck() })).state).toBe('fired')
  })

  it('takes equal gradients at the end for rest: that is where every decayed training comes to', () => {
    const rest = {
      'train/penalty-gradient-norm': curve(600, () => 0.2),
      'gradient-norm/global': curve(600, falling(2, 0.2, 8)),
      'train/loss': curve(600, falling(2.3, 0.8)),
    }
    expect(verdict('D24', inside(rest)).state).toBe('clear')
  })

  it('fires when all weights go to 0 and nothing is learned', () => {
    const shrunk = { 'train/loss': stuck(), 'weight-norm/global': sampled(600, falling(10, 0.01)) }
    expect(verdict('D24', inside(shrunk))).toMatchObject(fired('warning', { says: expect.stringContaining('shrank') }))
  })

  it('is clear for a network that has learned its task: less loss than penalty is how it should be', () => {
    const learned = {
      'train/penalty': curve(600, () => 2),
      'train/penalty-gradient-norm': curve(600, () => 1),
      'train/loss': curve(600, falling(2.3, 0.05)),
    }
    expect(verdict('D24', inside(learned)).state).toBe('clear')
  })
})

describe('D25 clipping', () => {
  it('informs when more than half of the last steps were clipped', () => {
    const often = inside({ clipped: curve(600, (share, i) => (share > 0.3 && i % 4 !== 0 ? 1 : 0)) })
    const found = verdict('D25', often)
    expect(found).toMatchObject(fired('info'))
    expect(Math.abs((found as { firstStep: number }).firstStep - 180)).toBeLessThan(60)
    expect(verdict('D25', inside({})).state).toBe('clear')
  })

  it('sees a norm that was measured after clipping stand at the limit', () => {
    const measured = inside({ clipped: undefined, 'gradient-norm/global': curve(600, (_, i) => (i % 3 === 0 ? 0.7 + (i % 7) / 50 : 1)) })
    expect(verdict('D25', measured)).toMatchObject(fired('info', { says: expect.stringContaining('is 1 in') }))
    expect(verdict('D25', inside({ clipped: undefined })).state).toBe('not-applicable')
  })
})
