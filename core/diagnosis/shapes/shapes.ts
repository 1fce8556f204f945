import type { Finding } from '../rule.ts'
import type { RuleId } from '../rule-names.ts'

/** The two main charts of a run. */
export type ShapeChart = 'loss' | 'accuracy'

interface ShapeName {
  kind: string
  /** What a reader of the chart calls it. */
  title: string
  /** Charts it is seen on. */
  charts: readonly ShapeChart[]
}

/**
 * The shapes an expert reads from the two main charts, by the rule that finds them: a shape is never drawn without its finding, nor
 * with other numbers.
 */
export const SHAPES = {
  D02: { kind: 'diverging', title: 'diverging', charts: ['loss'] },
  D12: { kind: 'flat-then-drop', title: 'flat, then a drop', charts: ['loss'] },
  D15: { kind: 'spikes', title: 'spikes', charts: ['loss'] },
  D16: { kind: 'plateau', title: 'plateau', charts: ['loss'] },
  D17: { kind: 'decayed-too-early', title: 'decayed too early', charts: ['loss'] },
  D18: { kind: 'still-rising', title: 'still improving', charts: ['loss', 'accuracy'] },
  D19: { kind: 'overfitting', title: 'overfitting', charts: ['loss', 'accuracy'] },
  D20: { kind: 'underfitting', title: 'underfitting', charts: ['accuracy'] },
  D27: { kind: 'noisy', title: 'noisy', charts: ['loss', 'accuracy'] },
} as const satisfies Partial<Record<RuleId, ShapeName>>

export type ShapeRule = keyof typeof SHAPES
export type ShapeKind = (typeof SHAPES)[ShapeRule]['kind']

/** A named stretch of a main chart. */
export interface Shape {
  kind: ShapeKind
  title: string
  rule: ShapeRule
  severity: Finding['severity']
  chart: ShapeChart
  /** Series it is read from; the stretch is in its steps. */
  series: string
  fromStep: number
  toStep: number
}

/** The shapes of the main charts, in the order they begin; of each finding the stretch of its first evidence. */
export function shapesOf(findings: readonly Finding[]): Shape[] {
  return findings
    .flatMap(({ rule, severity, evidence }): Shape[] => {
      const [first] = evidence
      if (!isShapeRule(rule) || !first?.series) return []
      const { kind, title, charts } = SHAPES[rule]
      const { series, fromStep, toStep } = first
      return charts.map((chart) => ({ kind, title, rule, severity, chart, series, fromStep, toStep }))
    })
    .sort((a, b) => a.fromStep - b.fromStep)
}

function isShapeRule(rule: RuleId): rule is ShapeRule {
  return Object.hasOwn(SHAPES, rule)
}
