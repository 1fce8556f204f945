import { expect, it } from 'vitest'
import { findingSpans, groupFindings, type ShownFinding } from '../../app/_findings/shown-finding.ts'
import { diagnosisReport } from '../../core/findings/diagnosis-report.ts'

function finding(rule: string, fields: Partial<ShownFinding> & { id?: string; series?: string; causedBy?: string } = {}): ShownFinding {
  const { id = null, series = 'val/loss', causedBy = null, ...rest } = fields
  const evidence = [{ series, fromStep: 100, toStep: 200, numbers: {}, thresholds: {} }]
  return {
    rule,
    subjects: [],
    severity: 'warning',
    origin: 'computed',
    title: rule,
    firstStep: 100,
    wall: 0,
    confidence: 0.8,
    mute: null,
    detail: { id, says: '', fixes: [], evidence, citation: null, lastStep: 200, causedBy, facts: null },
    ...rest,
  }
}

const spans = (findings: ShownFinding[], metrics: string[], chosen: string | null = null, shapes: object[] = []) =>
  findingSpans({ findings, report: diagnosisReport({ shapes } as never) }, { metrics, main: shapes.length > 0 ? 'loss' : null, chosen })

it('shades the evidence of the gravest first causes in the charts of its metrics, one stretch for what meets', () => {
  const over = finding('overfitting')
  over.detail.evidence.push({ series: 'train/loss', fromStep: 150, toStep: 300, numbers: {}, thresholds: {} })
  const all = [over, finding('noisy', { severity: 'info' }), finding('dead', { causedBy: 'overfitting' }), finding('known', { mute: {} as never })]
  expect(spans(all, ['train/loss', 'val/loss'])).toEqual([{ label: 'overfitting', fromStep: 100, toStep: 300, tone: 'warning' }])
  expect(spans(all, ['lr'])).toEqual([])
})

it('shades only the finding pointed out, whatever it weighs', () => {
  const all = [finding('overfitting'), finding('noisy', { severity: 'info' })]
  expect(spans(all, ['val/loss'], 'noisy')).toEqual([{ label: 'noisy', fromStep: 100, toStep: 200, tone: 'info', strong: true }])
})

it('names what an expert sees in a main chart instead of the finding, and says nothing of what is muted', () => {
  const shape = { kind: 'plateau', title: 'plateau', rule: 'D16', severity: 'info', chart: 'loss', series: 'train/loss', fromStep: 500, toStep: 900 }
  const plateau = finding('plateau', { id: 'D16', severity: 'info', series: 'train/loss' })
  expect(spans([plateau], ['train/loss'], null, [shape])).toEqual([{ label: 'plateau', fromStep: 500, toStep: 900, tone: 'shape' }])
  expect(spans([{ ...plateau, mute: {} as never }], ['train/loss'], null, [shape])).toEqual([])
})

it('folds consequences under their first cause; of one whose cause is not there itself', () => {
  const groups = groupFindings([finding('a'), finding('c', { causedBy: 'b' }), finding('b', { causedBy: 'a' }), finding('d', { causedBy: 'gone' })])
  expect(groups.map(({ cause, consequences }) => [cause.rule, consequences.map(({ rule }) => rule)])).toEqual([
    ['a', ['c', 'b']],
    ['d', []],
  ])
})
