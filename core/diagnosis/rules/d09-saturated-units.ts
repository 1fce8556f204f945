import { layersInOrder, nameLayers } from '../layers-in-order.ts'
import { lossProgress } from '../readings/loss-progress.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { type Stretch, sustained } from '../sustained.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** Share of values, and of units of which more than half of the values are saturated. Xavier tanh layers end at 0.35. */
const VALUES = 0.5
const UNITS = 0.5
const SAMPLES = 3
/** Deviation of activations that have collapsed to one value. */
const COLLAPSED = 0.01
/** A layer that was saturated in this part of the run began like that; one that gets there later may just be sure of itself. */
const BEGINNING = 0.25
/** What is left of the loss. */
const LEARNED = 0.3
const STUCK = 0.9

export const saturatedUnits: Rule = {
  id: 'D09',
  code: RULE_NAMES.D09,
  title: 'Saturated units',
  severities: ['warning', 'info'],
  citation: 'CS231n, histograms of tanh activations: neither all 0 nor all at ±1; SageMaker Debugger SaturatedActivation',
  consequenceOf: ['D03', 'D04', 'D06'],
  judge(run) {
    const values = layersInOrder(run, run.layers('saturated-fraction'))
    if (values.length === 0)
      return run.layers('dead-fraction').length > 0 || run.layers('activation-std').length > 0
        ? notApplicable('no layer was measured whose function saturates (tanh, sigmoid)')
        : notEnoughData('measure units on fixed rows, `saturated-fraction/<layer>`: `watch(model, run, { rows })` does')
    if (values.every(({ curve }) => curve.points < SAMPLES)) return notEnoughData(`at least ${SAMPLES} measurements of \`saturated-fraction\``)
    return (
      saturated(run, values) ??
      collapsed(run, values) ??
      clear(`At most ${showPercent(Math.max(...values.map(({ curve }) => curve.value[curve.n - 1] ?? 0)))} of the values of a layer are saturated.`)
    )
  },
}

interface Found {
  series: RoleSeries
  stretch: Stretch
  level: number
}

function saturated(run: RunView, values: readonly RoleSeries[]): Verdict | null {
  const units = new Map(run.layers('saturated-units').map((one) => [one.layer, one.curve]))
  const found = values.flatMap((series): Found[] => {
    const { curve } = series
    const ofUnits = units.get(series.layer)
    const holds = (i: number): boolean =>
      curve.value[i]! > VALUES && (ofUnits === undefined || (ofUnits.value[Math.min(i, ofUnits.n - 1)] ?? 0) > UNITS)
    const stretch = sustained(curve.n, holds, SAMPLES).at(-1)
    return stretch?.open ? [{ series, stretch, level: curve.value[stretch.to]! }] : []
  })
  if (found.length === 0) return null
  const worst = found.sort((a, b) => b.level - a.level)
  const layers = worst.map(({ series }) => series.layer ?? series.name)
  const steps = worst.map(({ series, stretch }) => series.curve.firstSteps[stretch.from]!)
  const firstStep = Math.min(...steps)
  const progress = lossProgress(run)
  const fromTheStart = firstStep <= run.firstStep + BEGINNING * run.span
  const suffers = progress === null || progress.left > LEARNED
  return fired(fromTheStart || suffers ? 'warning' : 'info', [firstStep, run.lastStep], {
    confidence: confidenceBetween(worst[0]!.level, VALUES, 0.9, suffers ? 0.7 : 0.5),
    subjects: layers,
    says: `${showPercent(worst[0]!.level)} of the activations of ${nameLayers(layers)} are at the flat ends of their function, where the slope is nearly 0.`,
    fixes: [
      'Standardise the inputs, and start with Xavier weights: smaller sums stay where the function is steep.',
      'Lower the learning rate, if it was not so at the start.',
      'Use batch norm before the function, or ReLU in its place.',
    ],
    evidence: worst
      .slice(0, 5)
      .map(({ series, level }, i) =>
        evidence(series, [steps[i]!, series.curve.lastStep], { 'saturated share': level }, { 'saturated share': VALUES }),
      ),
  })
}

/** The other way to be useless: all values of a layer are the same, whatever comes in. */
function collapsed(run: RunView, bounded: readonly RoleSeries[]): Verdict | null {
  const progress = lossProgress(run)
  if (progress === null || progress.left < STUCK) return null
  const names = new Set(bounded.map(({ layer }) => layer))
  const found = layersInOrder(run, run.layers('activation-std')).flatMap((series): Found[] => {
    const stretch = names.has(series.layer) ? sustained(series.curve.n, (i) => series.curve.value[i]! < COLLAPSED, SAMPLES).at(-1) : undefined
    return stretch?.open ? [{ series, stretch, level: series.curve.value[stretch.to]! }] : []
  })
  if (found.length === 0) return null
  const layers = found.map(({ series }) => series.layer ?? series.name)
  return fired('warning', [Math.min(...found.map(({ series, stretch }) => series.curve.firstSteps[stretch.from]!)), run.lastStep], {
    confidence: 0.7,
    subjects: layers,
    says: `The activations of ${nameLayers(layers)} hardly vary (standard deviation ${show(Math.min(...found.map(({ level }) => level)))}): the layer gives the same for every input.`,
    fixes: ['Start with larger weights: Xavier for tanh and sigmoid.', 'Use batch norm, or fewer layers.'],
    evidence: found
      .slice(0, 5)
      .map(({ series, stretch, level }) =>
        evidence(
          series,
          [series.curve.firstSteps[stretch.from]!, series.curve.lastStep],
          { 'standard deviation': level },
          { 'standard deviation': COLLAPSED },
        ),
      ),
  })
}
