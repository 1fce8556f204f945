import { BAND, GUIDE, REACH } from './ratio-guide.ts'
import type { Scale } from './scale.ts'

/** Something measured per layer and step: what a heat map of it says and how it is coloured. */
export interface Quantity {
  /** Series are named `<prefix>/<layer>`. */
  prefix: string
  title: string
  /** One value, in a sentence: `median ratio 0.001`. */
  noun: string
  /** What the colour shows, after `Colour: `. */
  meaning: string
  scale: Scale
  /** What a value of 0 or less means where it has no place on the scale. */
  zero: { legend: string; cell: string; note: string }
  /** How to log it. */
  hint: string
}

const WATCH = "watch(model, run) from 'lossboard/tfjs' logs it."
const WATCH_ACTIVATIONS = "watchActivations(model, run, …) from 'lossboard/tfjs' logs it."
const NOT_POSITIVE = { legend: '0 or below', cell: '0 or below: no logarithm', note: 'of 0 or below (no logarithm)' }
/** On linear scales 0 is a value like any other. */
const PLAIN = NOT_POSITIVE

/** Every quantity drawn layer × step. A new one is an entry here: run page, gallery and export follow. */
export const QUANTITIES = {
  'update-ratio': {
    prefix: 'update-ratio',
    title: 'Update ratio by layer',
    noun: 'ratio',
    meaning: 'log10 of ‖Δw‖ / ‖w‖ around the guide of 1e-3',
    scale: { log: true, guide: GUIDE, ends: [GUIDE - REACH, GUIDE + REACH], band: BAND, hue: 'blue' },
    zero: { legend: 'no update (0)', cell: 'zero: nothing moved', note: 'with ratio 0 (nothing moved)' },
    hint: WATCH,
  },
  'gradient-norm': {
    prefix: 'gradient-norm',
    title: 'Gradient norm by layer',
    noun: 'norm',
    meaning: 'log10 of the L2 norm of the gradient, over the decades there are',
    scale: { log: true, guide: null, ends: 'data', band: null, hue: 'blue' },
    zero: { legend: 'no gradient (0)', cell: 'zero: no gradient', note: 'with norm 0 (no gradient)' },
    hint: WATCH,
  },
  'dead-fraction': {
    prefix: 'dead-fraction',
    title: 'Dead units by layer',
    noun: 'dead fraction',
    meaning: 'share of units that are active on no row of the fixed probe batch',
    scale: { log: false, guide: null, ends: [0, 1], band: null, hue: 'orange' },
    zero: PLAIN,
    hint: WATCH_ACTIVATIONS,
  },
  'saturated-fraction': {
    prefix: 'saturated-fraction',
    title: 'Saturated activations by layer',
    noun: 'saturated fraction',
    meaning: 'share of activations at the flat ends of tanh or sigmoid',
    scale: { log: false, guide: null, ends: [0, 1], band: null, hue: 'orange' },
    zero: PLAIN,
    hint: WATCH_ACTIVATIONS,
  },
  'activation-std': {
    prefix: 'activation-std',
    title: 'Activation standard deviation by layer',
    noun: 'standard deviation',
    meaning: 'log10 of the standard deviation around the guide of 1; blue: activations shrink, orange: they grow',
    scale: { log: true, guide: 0, ends: [-2, 2], band: null, hue: 'blue' },
    zero: { legend: 'constant (0)', cell: 'zero: every activation is the same', note: 'with standard deviation 0' },
    hint: WATCH_ACTIVATIONS,
  },
  'activation-mean': {
    prefix: 'activation-mean',
    title: 'Activation mean by layer',
    noun: 'mean',
    meaning: 'mean activation around 0, as far on both sides as it goes',
    scale: { log: false, guide: 0, ends: 'data', band: null, hue: 'blue' },
    zero: PLAIN,
    hint: WATCH_ACTIVATIONS,
  },
  'batch-norm-mean': {
    prefix: 'batch-norm-mean',
    title: 'Batch norm running mean by layer',
    noun: 'running mean',
    meaning: 'running mean that inference uses, around 0, as far on both sides as it goes',
    scale: { log: false, guide: 0, ends: 'data', band: null, hue: 'blue' },
    zero: PLAIN,
    hint: WATCH_ACTIVATIONS,
  },
  'batch-norm-variance': {
    prefix: 'batch-norm-variance',
    title: 'Batch norm running variance by layer',
    noun: 'running variance',
    meaning: 'log10 of the running variance that inference uses, around the guide of 1',
    scale: { log: true, guide: 0, ends: [-3, 3], band: null, hue: 'blue' },
    zero: { legend: 'constant (0)', cell: 'zero: the input never varied', note: 'with variance 0' },
    hint: WATCH_ACTIVATIONS,
  },
} as const satisfies Record<string, Quantity>

export type QuantityId = keyof typeof QUANTITIES

export const quantityOf = (id: QuantityId): Quantity => QUANTITIES[id]
