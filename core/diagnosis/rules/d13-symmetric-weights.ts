import { isEmbedding, layersInOrder, nameLayers } from '../layers-in-order.ts'
import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { showPercent } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notEnoughData } from '../verdicts.ts'

/** Share of units whose incoming weights are those of another unit. Random weights give 0. */
const ALIKE = 0.5
/** So many updates must not have told them apart: a last layer begun with zeros is told apart by the labels at once. */
const UPDATES = 10
const SAMPLES = 2

export const symmetricWeights: Rule = {
  id: 'D13',
  code: RULE_NAMES.D13,
  title: 'Units that are all alike',
  severities: ['critical'],
  citation: 'CS231n, "all zero initialization": equal units get equal gradients and stay equal',
  consequenceOf: [],
  judge(run) {
    const highest = run.series('highest-twin-units')
    // Rows of an embedding that no example has yet used stay as they began.
    const layers = layersInOrder(run, run.layers('twin-units')).filter(({ layer }) => !isEmbedding(run, layer))
    if (highest === null && layers.length === 0) return notEnoughData('measure how alike units are, `twin-units/highest`: `watch(model, run)` does')
    const found = layers.filter(({ curve }) => {
      if (curve.points < SAMPLES || curve.span < UPDATES) return false
      // Measured again and again while they are alike; the last look is the one that counts.
      return curve.value[curve.n - 1]! > ALIKE
    })
    if (found.length === 0) {
      if (layers.some(({ curve }) => curve.span < UPDATES && curve.value[curve.n - 1]! > ALIKE))
        return notEnoughData(`${UPDATES} updates, to see whether they tell the units apart`)
      return clear('The units of each layer differ.')
    }
    const names = found.map(({ layer }) => layer ?? '')
    const share = Math.max(...found.map(({ curve }) => curve.value[curve.n - 1]!))
    return fired('critical', [found[0]!.curve.firstStep, run.lastStep], {
      confidence: confidenceBetween(share, ALIKE, 0.95, 0.8),
      subjects: names,
      says: `${showPercent(share)} of the units of ${nameLayers(names)} have the same incoming weights as another one, and training does not tell them apart: together they are worth a few units.`,
      fixes: [
        'Begin with random weights: He for ReLU, Xavier for tanh. Never with one constant.',
        'If weights were copied into the layer on purpose, add a little noise to them.',
      ],
      evidence: found
        .slice(0, 5)
        .map((series) =>
          evidence(
            series,
            [series.curve.firstStep, series.curve.lastStep],
            { 'units alike': series.curve.value[series.curve.n - 1]! },
            { 'units alike': ALIKE },
          ),
        ),
    })
  },
}
