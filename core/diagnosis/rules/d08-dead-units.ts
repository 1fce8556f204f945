import { layerFact, layersInOrder, nameLayers } from '../layers-in-order.ts'
import { type LossProgress, lossProgress } from '../readings/loss-progress.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { showPercent } from '../show-number.ts'
import { sustained } from '../sustained.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** Share of units that are 0 for every row of the probe. Healthy networks have hardly any. */
const SOME = 0.1
const MANY = 0.5
const NEARLY_ALL = 0.9
const SAMPLES = 3
/** A layer so narrow loses half of its units by two of them: only nearly all count. */
const NARROW = 8
/** What is left of the loss of a network that learned well with what it has, and of one that did not. */
const LEARNED = 0.1
const NOT_LEARNED = 0.5

export const deadUnits: Rule = {
  id: 'D08',
  code: RULE_NAMES.D08,
  title: 'Dead units',
  severities: ['critical', 'warning', 'info'],
  citation: 'CS231n, "up to 40 % of your network can be dead" with a learning rate that is too high',
  consequenceOf: ['D04', 'D06'],
  judge(run) {
    const layers = layersInOrder(run, run.layers('dead-fraction'))
    if (layers.length === 0)
      return run.layers('saturated-units').length > 0 || run.layers('activation-std').length > 0
        ? notApplicable('no layer was measured whose units can be exactly 0')
        : notEnoughData('measure units on fixed rows, `dead-fraction/<layer>`: `watch(model, run, { rows })` does')
    if (layers.every(({ curve }) => curve.points < SAMPLES)) return notEnoughData(`at least ${SAMPLES} measurements of \`dead-fraction\``)
    const found = layers.flatMap((series) => {
      const least = isNarrow(run, series) ? NEARLY_ALL : SOME
      const stretch = sustained(series.curve.n, (i) => series.curve.value[i]! >= least, SAMPLES).at(-1)
      if (!stretch?.open) return []
      return [{ series, share: stretchMedian(series, stretch), fromStep: series.curve.firstSteps[stretch.from]! }]
    })
    if (found.length === 0)
      return clear(`At most ${showPercent(Math.max(...layers.map(({ curve }) => curve.value[curve.n - 1] ?? 0)))} of the units of a layer are dead.`)
    return describe(run, found)
  },
}

interface DeadLayer {
  series: RoleSeries
  share: number
  fromStep: number
}

function isNarrow(run: RunView, { layer }: RoleSeries): boolean {
  const units = layerFact(run, layer)?.units
  return units != null && units < NARROW
}

/** Of the last three samples of the stretch: it may have begun with few. */
function stretchMedian({ curve }: RoleSeries, { to }: { to: number }): number {
  const [a = 0, b = a, c = b] = curve.value.subarray(Math.max(0, to - 2), to + 1)
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

function describe(run: RunView, found: readonly DeadLayer[]): Verdict {
  const worst = [...found].sort((a, b) => b.share - a.share)
  const share = worst[0]!.share
  const named = worst.filter((one) => one.share >= Math.min(MANY, share))
  const progress = lossProgress(run)
  const layers = named.map(({ series }) => series.layer ?? series.name)
  const firstStep = Math.min(...named.map(({ fromStep }) => fromStep))
  return fired(severityOf(share, progress), [firstStep, run.lastStep], {
    confidence: confidenceBetween(share, SOME, NEARLY_ALL, 0.5),
    subjects: layers,
    says: `${showPercent(share)} of the units of ${nameLayers(layers)} ${named.length > 1 ? '(at most) ' : ''}are 0 whatever comes in: they no longer learn.`,
    fixes: [
      'Lower the learning rate: one large step is enough to push units below 0 for good.',
      'Use leaky ReLU, ELU or GELU, which keep a gradient.',
      'Check the initial weights (He) and biases (0), and that the inputs are centred.',
    ],
    evidence: named
      .slice(0, 5)
      .map(({ series, share: dead, fromStep }) =>
        evidence(series, [fromStep, series.curve.lastStep], { 'share of dead units': dead }, { 'share of dead units': share >= MANY ? MANY : SOME }),
      ),
  })
}

/** What a network can do without is no fault: half of the units dead is information where the rest has learned the task. */
function severityOf(share: number, progress: LossProgress | null): 'critical' | 'warning' | 'info' {
  if (share < MANY) return 'info'
  const learned = progress !== null && progress.left < LEARNED
  if (share < NEARLY_ALL) return learned ? 'info' : 'warning'
  return progress === null || progress.left > NOT_LEARNED ? 'critical' : 'warning'
}
