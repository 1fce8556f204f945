import { nameLayers } from '../layers-in-order.ts'
import { layerRatios } from '../readings/layer-ratios.ts'
import { SAMPLES, type StillLayer, stillLayers } from '../readings/still-layers.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { clear, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

export const noUpdate: Rule = {
  id: 'D05',
  code: RULE_NAMES.D05,
  title: 'No update despite a gradient',
  severities: ['critical'],
  citation: 'TrainCheck (OSDI 2025): a gradient that is not 0 and a step that is not skipped change the parameters',
  early: true,
  consequenceOf: [],
  judge(run) {
    const exact = new Set(run.layers('update-ratio'))
    const ratios = layerRatios(run).filter(({ series, excluded }) => exact.has(series) && (excluded === null || excluded.startsWith('fewer')))
    if (ratios.length === 0) {
      if (run.layers('update-ratio').length > 0) return notApplicable('no layer that is trained was measured')
      return notEnoughData('log update ratios, `update-ratio/<layer>`: `watch(model, run)` does')
    }
    if (run.layers('layer-gradient-norm').length === 0) return notEnoughData('log the gradient norm of each layer, `gradient-norm/<layer>`')
    const still = stillLayers(run, ratios)
    const enough = ratios.some(({ series }) => series.curve.points >= SAMPLES)
    if (!enough) return notEnoughData(`at least ${SAMPLES} measured updates`)
    if (still.length === 0) return clear('Every layer with a gradient changes.')
    return describe(run, still, ratios.length)
  },
}

function describe(run: RunView, still: readonly StillLayer[], layers: number): Verdict {
  const [first] = still as [StillLayer]
  const subjects = still.map(({ series }) => series.layer ?? series.name)
  const fromStep = Math.min(...still.map(({ stretch }) => stretch.fromStep))
  const lost = run.layers('lost-update').filter(({ layer, curve }) => subjects.includes(layer ?? '') && (curve.value[curve.n - 1] ?? 0) > 0.5)
  const rateIsZero = run.schedule.known && run.schedule.peak === 0
  const all = subjects.length === layers
  const gradient = first.norm.curve.value[first.norm.curve.n - 1] ?? Number.NaN
  return fired('critical', [fromStep, Math.max(...still.map(({ stretch }) => stretch.toStep))], {
    confidence: first.stretch.samples >= 2 * SAMPLES ? 1 : 0.85,
    subjects,
    says: `${all ? 'No layer changes' : `The weights of ${nameLayers(subjects)} do not change`} from step ${fromStep} on, though ${all ? 'there is' : 'they have'} a gradient (norm ${show(gradient)})${rateIsZero ? ': the learning rate is 0' : ''}.`,
    fixes: [
      rateIsZero
        ? 'Set a learning rate above 0.'
        : 'Check that the optimizer was made with these weights, after the last layer was added or replaced.',
      ...(lost.length > 0
        ? ['The changes are too small for the precision of the weights: raise the learning rate or keep the weights in float32.']
        : []),
      'Check that the learning rate, of each group of parameters, is not 0, and that the layer is not frozen by mistake.',
    ].slice(0, 3),
    evidence: still
      .slice(0, 5)
      .flatMap(({ series, norm, stretch }) => [
        evidence(series, [stretch.fromStep, stretch.toStep], { 'update ratio': 0, samples: stretch.samples }, { samples: SAMPLES }),
        evidence(norm, [stretch.fromStep, stretch.toStep], { 'gradient norm': norm.curve.value[norm.curve.n - 1] ?? 0 }, { 'gradient norm': 0 }),
      ]),
  })
}
