import { describe, expect, it } from 'vitest'
import { Diagnosis } from '../../../core/diagnosis/diagnosis.ts'
import { factsOfRun } from '../../../core/diagnosis/facts/facts-of-run.ts'
import { RULES } from '../../../core/diagnosis/registry.ts'
import { RULE_NAMES } from '../../../core/diagnosis/rule-names.ts'
import { sustained } from '../../../core/diagnosis/sustained.ts'
import { curve, diagnose, falling, verdict } from './curves.ts'

const healthy = () => ({
  'train/loss': curve(2000, falling(2.3, 0.4, 5), { noise: 0.1 }),
  'val/loss': curve(20, falling(2.2, 0.5), { noise: 0.01, every: 100, first: 99 }),
})

describe('the engine', () => {
  it('has something to say for every rule of a run without any series', () => {
    const { results, findings } = new Diagnosis().results()
    expect(results).toHaveLength(RULES.length)
    expect(findings).toEqual([])
    expect(results.every(({ state }) => state === 'not-enough-data' || state === 'not-applicable')).toBe(true)
  })

  it('finds nothing in a healthy run', () => {
    expect(diagnose(healthy()).results().findings).toEqual([])
  })

  it('gives the same results in any order of series and pieces of any size', () => {
    const series = { ...healthy(), 'train/loss': curve(2000, falling(2.3, 0.4), { noise: 0.1 }) }
    series['train/loss'].value.fill(Number.NaN, 1500)
    const whole = diagnose(series).results()
    const pieces = new Diagnosis()
    for (const [name, { step, value }] of Object.entries(series).reverse())
      for (let from = 0; from < step.length; from += 7) {
        pieces.add(name, step.slice(from, from + 7), value.slice(from, from + 7))
        if (from % 70 === 0) pieces.results()
      }
    expect(pieces.results()).toEqual(whole)
    expect(whole.findings.map(({ rule }) => rule)).toContain('D01')
  })

  it('keeps the rules about later trouble quiet before step 50', () => {
    const short = { 'train/loss': curve(40, falling(2, 0.1)), 'val/loss': curve(40, () => 2) }
    const quiet = diagnose({ 'train/loss': short['train/loss'] })
      .results()
      .results.filter(({ state }) => state !== 'not-enough-data')
    for (const { rule } of quiet) expect(RULES.find(({ id }) => id === rule)?.early).toBe(true)
  })

  it('gives every rule its catalogue code, and no rule is its own cause', () => {
    for (const { id, code } of RULES) expect(code).toBe(RULE_NAMES[id])
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (RULES.find(({ id }) => id === from)?.consequenceOf ?? []).some(
        (cause) => cause === to || (!seen.has(cause) && reaches(cause, to, seen.add(cause))),
      )
    for (const { id } of RULES) expect(`${id} ${reaches(id, id)}`).toBe(`${id} false`)
  })

  it('reads sizes of the problem off a config, and the first loss off a summary', () => {
    const config = { model: { num_classes: 10 }, train: { batch_size: 64 }, loss: { kind: 'softmax-cross-entropy' }, noise: 0.5 }
    expect(factsOfRun({ config, summary: { initialLoss: 'NaN', expectedInitialLoss: 2.3 } })).toEqual({
      classes: 10,
      batchSize: 64,
      loss: 'softmax-cross-entropy',
      initialLoss: Number.NaN,
      expectedInitialLoss: 2.3,
    })
  })
})

describe('hysteresis', () => {
  it('fires with 3 in a row and clears with 5', () => {
    const holds = (text: string) => sustained(text.length, (i) => text[i] === 'x')
    expect(holds('xx.xx.xx.')).toEqual([])
    expect(holds('..xxx....xxx')).toEqual([{ from: 2, to: 11, open: true }])
    expect(holds('.xxx.....x')).toEqual([{ from: 1, to: 3, open: false }])
  })
})

describe('D01', () => {
  it('fires on a loss that is not finite any more, and says from where', () => {
    const loss = curve(300, falling(2, 1))
    loss.value.fill(Number.NaN, 200)
    expect(verdict('D01', { 'train/loss': loss })).toMatchObject({ state: 'fired', severity: 'critical', firstStep: 200 })
  })

  it('warns of a loss that came back', () => {
    const loss = curve(300, falling(2, 1))
    loss.value[100] = Number.POSITIVE_INFINITY
    expect(verdict('D01', { loss })).toMatchObject({ state: 'fired', severity: 'warning', firstStep: 100, lastStep: 100 })
  })

  it('fires on a loss replaced by 0, not on one that was learned', () => {
    const replaced = curve(300, falling(2, 1))
    replaced.value.fill(0, 250)
    expect(verdict('D01', { loss: replaced })).toMatchObject({ state: 'fired', firstStep: 250 })
    const learned = curve(300, (share) => (share > 0.8 ? 0 : 2 * Math.exp(-20 * share)))
    expect(verdict('D01', { loss: learned })).toMatchObject({ state: 'clear' })
  })

  it('takes NaN on and off for values that were not measured, and skipped steps for mixed precision', () => {
    const sparse = curve(300, (_, i) => (i % 10 === 0 ? 1 : Number.NaN))
    expect(verdict('D01', { loss: curve(300, falling(2, 1)), val_loss: sparse })).toMatchObject({ state: 'clear' })
    const norm = curve(3000, (_, i) => (i < 9 || i % 900 === 0 ? Number.POSITIVE_INFINITY : 1))
    expect(verdict('D01', { loss: curve(3000, falling(2, 1)), grad_norm: norm })).toMatchObject({ state: 'clear' })
  })

  it('asks for a loss', () => {
    expect(verdict('D01', { lr: curve(100, () => 0.1) })).toMatchObject({ state: 'not-enough-data' })
  })
})

describe('D02', () => {
  it('fires on a loss that rises, and on one that lost what it had', () => {
    expect(verdict('D02', { loss: curve(600, (share) => 2.3 * Math.exp(2 * share), { noise: 0.1 }) })).toMatchObject({ state: 'fired' })
    const lost = curve(1000, (share) => (share < 0.6 ? falling(2.5, 0.3)(share) : 2.31), { noise: 0.05 })
    const found = verdict('D02', { loss: lost })
    expect(found).toMatchObject({ state: 'fired', severity: 'critical' })
    if (found.state === 'fired') expect(Math.abs(found.firstStep - 600)).toBeLessThan(20)
  })

  it('is clear while noise, a spike or a bump of the warm-up goes up and down', () => {
    const noisy = curve(2000, () => 0.2, { noise: 0.8 })
    noisy.value.forEach((value, i) => {
      noisy.value[i] = Math.abs(value)
    })
    expect(verdict('D02', { loss: noisy })).toMatchObject({ state: 'clear' })
    const bump = curve(2000, (share) => falling(2.3, 0.5)(share) + 6 * Math.exp(-((share - 0.03) ** 2) / 1e-4), { noise: 0.05 })
    expect(verdict('D02', { loss: bump })).toMatchObject({ state: 'clear' })
  })

  it('takes a dip of the first steps for none of its gains', () => {
    const dip = curve(700, (_, i) => (i >= 4 && i < 8 ? 0.9 : 1.61), { noise: 0.01 })
    expect(verdict('D02', { loss: dip })).toMatchObject({ state: 'clear' })
  })

  it('does not judge a loss below 0', () => {
    expect(verdict('D02', { loss: curve(500, (share) => -1 + share * 20) })).toMatchObject({ state: 'not-applicable' })
  })
})

describe('D19', () => {
  const train = curve(2000, falling(2.3, 0.02, 6), { noise: 0.1 })
  const val = (end: number) =>
    curve(40, (share) => (share < 0.3 ? 2.2 - 4 * share : 1 + ((end - 1) * (share - 0.3)) / 0.7), { every: 50, first: 49, noise: 0.005 })

  it('fires where the validation loss rises while the training loss falls, graver the further', () => {
    const found = verdict('D19', { 'train/loss': train, 'val/loss': val(1.6) })
    expect(found).toMatchObject({ state: 'fired', severity: 'critical' })
    if (found.state === 'fired') expect(Math.abs(found.firstStep - 600)).toBeLessThan(100)
    expect(verdict('D19', { 'train/loss': train, 'val/loss': val(1.15) })).toMatchObject({ state: 'fired', severity: 'warning' })
  })

  it('is milder while the accuracy does not suffer', () => {
    const accuracy = curve(40, (share) => 0.5 + 0.3 * share, { every: 50, first: 49 })
    expect(verdict('D19', { 'train/loss': train, 'val/loss': val(1.15), 'val/accuracy': accuracy })).toMatchObject({
      state: 'fired',
      severity: 'info',
    })
  })

  it('is clear when both losses rise, or neither', () => {
    expect(verdict('D19', { 'train/loss': train, 'val/loss': val(1.01) })).toMatchObject({ state: 'clear' })
    const both = curve(2000, (share) => (share < 0.3 ? 2.3 - 5 * share : 0.8 + share), { noise: 0.02 })
    expect(verdict('D19', { 'train/loss': both, 'val/loss': val(1.6) })).toMatchObject({ state: 'clear' })
  })

  it('says what it needs', () => {
    expect(verdict('D19', { 'train/loss': train })).toMatchObject({ state: 'not-enough-data', needs: 'log the validation loss as `val/loss`' })
  })
})
