import { describe, expect, it } from 'vitest'
import { Diagnosis } from '../../../core/diagnosis/diagnosis.ts'
import type { RuleId } from '../../../core/diagnosis/rule-names.ts'
import { type Columns, curve, diagnose, falling, verdict } from './curves.ts'
import { denseModel, healthyInside, inside, sampled, stuck } from './inside.ts'

const LAYER_RULES: RuleId[] = ['D05', 'D06', 'D07', 'D08', 'D09', 'D10', 'D11', 'D13', 'D21', 'D24', 'D25']
const fired = (severity: string, more: object = {}) => ({ state: 'fired', severity, ...more })

describe('rules about the inside of a network', () => {
  it('find nothing in a healthy run, and need data of one with losses only', () => {
    const of = (series: Record<string, Columns>) =>
      diagnose(series)
        .results()
        .results.filter(({ rule }) => LAYER_RULES.includes(rule))
        .map(({ rule, state }) => `${rule} ${state}`)
    expect(of(healthyInside())).toEqual(LAYER_RULES.map((rule) => `${rule} ${rule === 'D09' ? 'not-applicable' : 'clear'}`))
    expect(of({ 'train/loss': curve(600, falling(2.3, 0.3)) })).toEqual(LAYER_RULES.map((rule) => `${rule} not-enough-data`))
  })

  it('name many layers in one finding', () => {
    const layers = Array.from({ length: 300 }, (_, i) => `block${i}`)
    const series: Record<string, Columns> = { 'train/loss': stuck() }
    for (const layer of layers) {
      series[`update-ratio/${layer}`] = sampled(600, () => 0.4)
      series[`gradient-norm/${layer}`] = sampled(600, () => 1)
      series[`dead-fraction/${layer}`] = curve(12, () => 1, { every: 50 })
    }
    const { findings } = diagnose(series).results()
    expect(
      findings
        .map(({ rule }) => rule)
        .filter((rule) => LAYER_RULES.includes(rule))
        .sort(),
    ).toEqual(['D06', 'D08'])
    for (const finding of findings.filter(({ rule }) => rule === 'D06' || rule === 'D08')) {
      expect(finding.subjects).toHaveLength(300)
      expect(finding.says.length).toBeLessThan(400)
      expect(finding.evidence.length).toBeLessThanOrEqual(10)
    }
  })

  it('say the same whatever pieces the points came in, and stand NaN, infinities, one point and none', () => {
    const series = inside({ 'update-ratio/hidden1': sampled(600, () => 0.3), 'dead-fraction/hidden1-activation': curve(12, () => 1, { every: 50 }) })
    const pieces = new Diagnosis()
    for (const [name, { step, value }] of Object.entries(series).reverse())
      for (let from = 0; from < step.length; from += 7) {
        pieces.add(name, step.slice(from, from + 7), value.slice(from, from + 7))
        if (from % 350 === 0) pieces.results()
      }
    expect(pieces.results()).toEqual(diagnose(series).results())
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1e308])
      for (const points of [1, 300]) {
        const broken = Object.fromEntries(
          Object.entries(healthyInside(points)).map(([name, { step }]) => [name, { step, value: step.map(() => value) }]),
        )
        for (const result of diagnose(broken).results().results) expect(JSON.stringify(result)).toBeTruthy()
      }
  })
})

describe('D05 no update', () => {
  const still = { 'update-ratio/hidden1': sampled(600, () => 0) }

  it('fires on a layer with a gradient that does not change, and on a rate of 0', () => {
    expect(verdict('D05', inside(still))).toMatchObject(fired('critical', { subjects: ['hidden1'], firstStep: 0 }))
    const zero = inside({ ...still, 'update-ratio/output': sampled(600, () => 0), lr: curve(600, () => 0) })
    expect(verdict('D05', zero)).toMatchObject(fired('critical', { says: expect.stringContaining('the learning rate is 0') }))
  })

  it('is clear where there is no gradient, where a schedule ended at 0, and where updates are applied every few steps', () => {
    expect(verdict('D05', inside({ ...still, 'gradient-norm/hidden1': sampled(600, () => 0) })).state).toBe('clear')
    const ended = (share: number) => (share > 0.7 ? 0 : 5e-3)
    const cosine = inside({
      lr: curve(600, (share) => (share > 0.69 ? 0 : 0.05)),
      'update-ratio/hidden1': sampled(600, ended),
      'update-ratio/output': sampled(600, ended),
    })
    expect(verdict('D05', cosine).state).toBe('clear')
    const accumulated = inside({ 'update-ratio/hidden1': curve(600, (_, i) => (i % 8 === 7 ? 5e-3 : 0)) })
    expect(verdict('D05', accumulated).state).toBe('clear')
  })

  it('asks for what it lacks', () => {
    expect(verdict('D05', inside({ ...still, 'gradient-norm/hidden1': undefined, 'gradient-norm/output': undefined })).state).toBe('not-enough-data')
    const biases = { 'train/loss': stuck(), 'update-ratio/dense/bias': sampled(600, () => 0) }
    expect(verdict('D05', biases).state).toBe('not-applicable')
  })
})

describe('D06 learning rate too high', () => {
  it('is critical when large updates last and nothing is learned, a warning when something is', () => {
    const high = { 'update-ratio/hidden1': sampled(600, () => 0.4), 'update-ratio/output': sampled(600, () => 0.2) }
    expect(verdict('D06', inside({ ...high, 'train/loss': stuck() }))).toMatchObject(fired('critical', { subjects: ['hidden1', 'output'] }))
    expect(verdict('D06', inside(high))).toMatchObject(fired('warning'))
  })

  it('sees the first updates of a network that is dead since', () => {
    const first = (_: number, i: number) => (i < 2 ? 0.8 : 1e-7)
    const dead = inside({ 'train/loss': stuck(), 'update-ratio/hidden1': sampled(600, first), 'update-ratio/output': sampled(600, first) })
    expect(verdict('D06', dead)).toMatchObject(fired('critical', { firstStep: 0, fixes: expect.arrayContaining([expect.stringContaining('0.1')]) }))
  })

  it('speaks of a loss that broke within the first steps, else not before step 50', () => {
    const short = (value: (i: number) => number) => ({
      'train/loss': curve(25, (_, i) => value(i)),
      'update-ratio/a': curve(3, () => 0.8, { every: 10 }),
    })
    expect(
      verdict(
        'D06',
        short((i) => (i > 14 ? Number.NaN : 2 + i)),
      ),
    ).toMatchObject(fired('critical'))
    expect(
      verdict(
        'D06',
        short(() => 2),
      ).state,
    ).toBe('not-enough-data')
  })

  it('is clear for large first steps, a layer that began at 0, embeddings, and weights that decay shrank', () => {
    expect(verdict('D06', inside({ 'update-ratio/output': sampled(600, (_, i) => (i < 3 ? 0.15 : 5e-3)) })).state).toBe('clear')
    const begunAtZero = { step: [10, 20, 30, 40, 50, 60], value: [0.9, 0.5, 0.33, 0.1, 0.05, 0.03] }
    expect(verdict('D06', inside({ 'update-ratio/output': begunAtZero })).state).toBe('clear')
    const embedding = inside({ 'update-ratio/token_embedding': sampled(600, () => 0.4) })
    expect(verdict('D06', embedding).state).toBe('clear')
    const shrunk = {
      'train/loss': stuck(),
      'update-ratio/hidden1': sampled(600, () => 0.05),
      'update-ratio/output': sampled(600, () => 0.2),
      'weight-norm/global': sampled(600, falling(10, 0.1)),
    }
    expect(verdict('D06', inside(shrunk)).state).toBe('clear')
  })

  it('leaves tiny kernels out, but not where there are no others', () => {
    const run = (sizes: number[][]) => {
      const diagnosis = diagnose({ 'train/loss': stuck(), 'update-ratio/a': sampled(600, () => 0.4), 'update-ratio/b': sampled(600, () => 5e-3) })
      const [a, b] = sizes as [number[], number[]]
      const { layers } = denseModel(['a'], 4, a)
      diagnosis.addRecord('model', 'model', 0, { layers: [...layers, ...denseModel(['b'], 4, b).layers], parameters: 1, trainableParameters: 1 })
      return diagnosis.results().results.find(({ rule }) => rule === 'D06')?.state
    }
    expect(
      run([
        [2, 16],
        [16, 16],
      ]),
    ).toBe('clear')
    expect(
      run([
        [2, 16],
        [16, 3],
      ]),
    ).toBe('fired')
  })
})

describe('D07 learning rate too low', () => {
  const low = (ratio: number) => ({
    'update-ratio/hidden1': sampled(600, () => ratio),
    'update-ratio/output': sampled(600, () => 2 * ratio),
    lr: curve(600, () => 1e-5),
  })

  it('fires when hardly anything changes, weights or loss', () => {
    expect(verdict('D07', inside({ ...low(3e-6), 'train/loss': stuck() }))).toMatchObject(fired('warning', { subjects: [] }))
  })

  it('fires on a loss that falls in a straight line with small updates', () => {
    const line = curve(600, (share) => 2.3 - 0.3 * share, { noise: 0.01 })
    expect(verdict('D07', inside({ ...low(5e-5), 'train/loss': line })).state).toBe('fired')
    expect(verdict('D07', inside({ ...low(5e-5), 'train/loss': curve(600, falling(2.3, 1.9, 20), { noise: 0.01 }) })).state).toBe('clear')
  })

  it('is clear when the network has learned, when the gradient is what is small, and after a trained start', () => {
    expect(verdict('D07', inside(low(3e-6))).state).toBe('clear')
    expect(verdict('D07', inside({ ...low(3e-6), 'train/loss': stuck(), lr: curve(600, () => 0.05) })).state).toBe('clear')
    expect(verdict('D07', inside({ ...low(3e-6), 'train/loss': stuck(), 'gradient-norm/hidden1': sampled(600, () => 1e-4) })).state).toBe('clear')
    const trained = diagnose(inside({ ...low(3e-6), 'train/loss': curve(600, () => 0.5, { noise: 0.01 }) }), { facts: { classes: 10 } })
    expect(trained.results().results.find(({ rule }) => rule === 'D07')?.state).toBe('clear')
  })

  it('takes a warm-up and the end of a cosine for what they are', () => {
    const warm = (share: number) => (share < 0.3 ? 1e-6 : 2e-3)
    const run = inside({
      'train/loss': stuck(),
      lr: curve(600, (share) => (share < 0.3 ? 1e-6 : 1e-3)),
      'update-ratio/hidden1': sampled(600, warm),
      'update-ratio/output': sampled(600, warm),
    })
    expect(verdict('D07', run).state).toBe('clear')
  })
})
