import { describe, expect, it } from 'vitest'
import { Diagnosis } from '../../../core/diagnosis/diagnosis.ts'
import { RULES } from '../../../core/diagnosis/registry.ts'
import type { Finding } from '../../../core/diagnosis/rule.ts'
import { RULE_NAMES } from '../../../core/diagnosis/rule-names.ts'
import type { RunFacts } from '../../../core/diagnosis/run-facts.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { type Columns, curve, diagnose } from './curves.ts'

const NAMES = [
  ['train/loss', 'val/loss', 'train/accuracy', 'val/accuracy', 'train-eval/loss', 'train-eval/accuracy', 'lr', 'epoch', 'clipped', 'train/penalty'],
  ['gradient-norm/global', 'gradient-norm/a', 'gradient-norm/b', 'update-ratio/a', 'update-ratio/b', 'dead-fraction/a', 'saturated-units/a'],
  ['same-batch/training-mode-loss', 'same-batch/inference-mode-loss', 'input/mean', 'input/std', 'input/min', 'input/max', 'activation-std/a'],
].flat()

const ODD = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e308, -1e308, 5e-324, -1, 1]

/** Series such as nobody wants to see: constant, a single point, not finite throughout, up and down by 300 decades, steps twice or far apart. */
function oddSeries(random: () => number): Columns {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const n = pick([0, 1, 2, 3, 7, 60, 300])
  const gap = pick([1, 1, 50, 1e9])
  const value = pick<(i: number) => number>([
    () => pick(ODD),
    () => 1,
    () => 0,
    () => Number.NaN,
    () => random(),
    (i) => Math.exp(-i / 20) * (1 + 0.1 * random()),
    (i) => (random() < 0.1 ? pick(ODD) : 2 - i / 300),
    () => 10 ** (600 * random() - 300),
  ])
  const step = Array.from({ length: n }, (_, i) => i * gap)
  const disorder = random() < 0.2 ? 0.2 : 0
  for (let i = 0; i < n; i++) if (random() < disorder) step[i] = Math.floor(random() * n) * gap
  return { step, value: step.map((_, i) => value(i)) }
}

function checkFinding({ firstStep, lastStep, confidence, says, fixes, evidence, rule, severity }: Finding): void {
  const allowed = RULES.find(({ id }) => id === rule)!.severities
  expect(allowed).toContain(severity)
  expect([Number.isFinite(firstStep), Number.isFinite(lastStep), firstStep <= lastStep], `${rule} ${firstStep}–${lastStep}`).toEqual([
    true,
    true,
    true,
  ])
  expect(confidence, rule).toBeGreaterThanOrEqual(0)
  expect(confidence, rule).toBeLessThanOrEqual(1)
  expect(says, rule).toMatch(/^.{10,400}[.]$/)
  expect(fixes.length).toBeGreaterThanOrEqual(1)
  expect(fixes.length).toBeLessThanOrEqual(3)
  for (const { fromStep, toStep } of evidence) expect(fromStep <= toStep, `${rule} ${fromStep}–${toStep}`).toBe(true)
}

describe('any run at all', () => {
  it('gets one result per rule, with sane numbers, whatever was logged', () => {
    const random = seededRandom(11)
    const facts: RunFacts[] = [{}, { classes: 10 }, { classCounts: [0, 0] }, { classes: 2, loss: 'bce', trainExamples: 20, state: 'running' }]
    for (let trial = 0; trial < 150; trial++) {
      const series = Object.fromEntries(NAMES.filter(() => random() < 0.6).map((name) => [name, oddSeries(random)]))
      const { results, findings } = diagnose(series, { facts: facts[trial % facts.length] }).results()
      expect(results.map(({ rule }) => rule)).toEqual(RULES.map(({ id }) => id))
      findings.forEach(checkFinding)
    }
  })

  it('is told the same in pieces as at once, and again after every piece', () => {
    const random = seededRandom(7)
    for (let trial = 0; trial < 6; trial++) {
      const series = Object.fromEntries(NAMES.filter(() => random() < 0.7).map((name) => [name, oddSeries(random)]))
      series['train/loss'] = curve(900, (share) => (share < 0.5 ? 2.3 - 3 * share : 0.8 + share), { noise: 0.1, seed: trial })
      const facts = { classes: 10 }
      const pieces = new Diagnosis({ facts })
      const at = new Map(Object.keys(series).map((name) => [name, 0]))
      while (at.size > 0)
        for (const [name, from] of at) {
          const { step, value } = series[name]!
          const to = from + 1 + Math.floor(random() * 90)
          pieces.add(name, step.slice(from, to), value.slice(from, to))
          if (random() < 0.05) pieces.results()
          if (to >= step.length) at.delete(name)
          else at.set(name, to)
        }
      expect(pieces.results()).toEqual(diagnose(series, { facts }).results())
    }
  })

  it('covers the whole catalogue', () => {
    expect(RULES.map(({ id }) => id)).toEqual(Object.keys(RULE_NAMES))
    for (const { title, citation, severities } of RULES)
      expect([title, citation, severities.length > 0]).toEqual([title.trim(), citation.trim(), true])
  })
})
