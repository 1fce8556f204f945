import type { RunLog } from '../generator/memory-run.ts'
import type { Plan, Recipe } from '../generator/recipe.ts'
import type { Vary } from '../generator/vary.ts'
import { l2 } from '../measure/inside.ts'
import type { Trained } from '../measure/trained.ts'
import { all, changeBatches, changeRate, changeUpdates, changeWeights, relabelEachEpoch, weighLoss } from './changes.ts'
import { blobs, hidden, manyBlobs, sound } from './networks.ts'

/** Global gradient norm of each step, as a recipe's own hook sees it before the optimizer does. */
const norms = new WeakMap<Trained['session'], number[]>()

const noteNorms = changeUpdates((apply, gradients, session) => {
  const seen = norms.get(session) ?? []
  norms.set(session, seen)
  seen.push(l2(Object.values(gradients as Record<string, { dataSync(): Float32Array }>).flatMap((one) => [...one.dataSync()])))
  apply(gradients)
})

/** How many norms are more than ten times the middle one of the fifty before, and the spread of first against last kernel. */
const exploding = ({ session, insides }: Trained) => {
  const seen = norms.get(session) ?? []
  const bursts: number[] = []
  for (let step = 30; step < seen.length; step++) {
    const before = seen.slice(Math.max(0, step - 50), step).sort((a, b) => a - b)
    if ((seen[step] as number) > 10 * (before[Math.floor(before.length / 2)] as number)) bursts.push(step)
  }
  const dense = bursts.filter((step, index) => index >= 2 && step - (bursts[index - 2] as number) < 100).length
  const ratio = Math.max(...insides.map(({ kernels }) => (kernels[0]?.gradient ?? 0) / (kernels.at(-1)?.gradient ?? 1)))
  return {
    shown: dense > 0 || insides.filter(({ kernels }) => (kernels[0]?.gradient ?? 0) > 150 * (kernels.at(-1)?.gradient ?? 1)).length >= 2,
    figures: { bursts: bursts.length, dense, ratio },
  }
}

const EXPLODING_GRADIENT: Recipe[] = [
  {
    kind: 'D11',
    name: 'large-loss-weights',
    also: ['D02', 'D06', 'D08', 'D14', 'D15', 'D16', 'D20', 'D27'],
    plan: (vary) => {
      const every = vary.whole(18, 30)
      const factor = vary.scale(25, 80)
      return {
        config: sound(vary, {
          data: vary.pick([blobs, manyBlobs])(vary),
          optimizer: { kind: vary.pick(['adam', 'sgd']), lr: vary.scale(1e-3, 4e-3) },
          steps: vary.whole(350, 500),
        }),
        prepare: all(
          weighLoss((step) => (step > 60 && step % every === 0 ? factor : 1)),
          noteNorms,
        ),
      }
    },
    measure: exploding,
  },
  {
    kind: 'D11',
    name: 'bursts',
    also: ['D02', 'D04', 'D06', 'D08', 'D14', 'D15', 'D16', 'D20', 'D27'],
    plan: (vary) => {
      const every = vary.whole(18, 30)
      const factor = vary.scale(15, 60)
      return {
        config: sound(vary, {
          data: blobs(vary),
          optimizer: { kind: vary.pick(['adam', 'sgd']), lr: vary.scale(1e-3, 4e-3) },
          steps: vary.whole(350, 500),
        }),
        prepare: all(
          changeBatches(({ inputs }, step) => {
            if (step > 60 && step % every === 0) for (let i = 0; i < inputs.length; i++) inputs[i] = (inputs[i] as number) * -factor
          }),
          noteNorms,
        ),
      }
    },
    measure: exploding,
  },
  {
    kind: 'D11',
    name: 'deep-tanh-of-wide-weights',
    also: ['D03', 'D06', 'D09', 'D12', 'D14', 'D16', 'D20', 'D27'],
    plan: (vary) => ({
      config: sound(vary, {
        data: blobs(vary),
        model: {
          kind: 'mlp',
          hidden: Array<number>(vary.whole(9, 12)).fill(48),
          activation: 'tanh',
          init: { kind: 'gaussian', std: vary.uniform(0.7, 1.1) },
        },
        optimizer: { kind: 'sgd', lr: vary.scale(1e-4, 1e-3) },
        steps: vary.whole(200, 300),
      }),
      prepare: noteNorms,
    }),
    measure: exploding,
  },
]

/** Up to a share of its steps: what is seen of a run while it goes on. */
function until(log: RunLog, share: number, later: number): RunLog {
  const losses = log.series['train/loss']
  const last = losses?.step[Math.floor((losses.step.length - 1) * share)] ?? 0
  const series = Object.fromEntries(
    Object.entries(log.series).map(([name, { step, value, wall }]) => {
      const count = step.filter((one) => one <= last).length
      return [name, { step: step.slice(0, count), value: value.slice(0, count), wall: wall.slice(0, count) }]
    }),
  )
  const at = losses?.wall[Math.floor((losses.step.length - 1) * share)] ?? 0
  return { ...log, series, records: log.records.filter(({ step }) => step <= last), status: 'running', now: at + later }
}

const stalled = (late: (vary: Vary) => number): Recipe => ({
  kind: 'D26',
  name: 'no-row-for-long',
  plan: (vary) => {
    const share = vary.uniform(0.4, 0.8)
    const wait = late(vary)
    return { config: sound(vary, { steps: 300 }), view: (log) => until(log, share, wait) }
  },
  // The view is what stalls it: its clock says so.
  measure: ({ plan, session, log }) => {
    const seen = plan.view?.(log, session) ?? log
    const walls = Object.values(seen.series).flatMap(({ wall }) => wall)
    const silent = seen.now - Math.max(...walls)
    const steps = seen.series['train/loss']?.wall ?? []
    const typical = ((steps.at(-1) ?? 0) - (steps[0] ?? 0)) / Math.max(1, steps.length - 1)
    return { shown: seen.status === 'running' && silent > 30_000 && silent > 20 * typical, figures: { silent, typical } }
  },
})

export const RUNNING: Recipe = {
  kind: 'healthy',
  name: 'still-running',
  plan: (vary) => {
    const share = vary.uniform(0.4, 0.9)
    const wait = vary.scale(20, 3000)
    return { config: sound(vary), view: (log) => until(log, share, wait) }
  },
  measure: ({ last }) => ({ shown: last.finite && last.train.accuracy > last.train.majority + 0.2, figures: { accuracy: last.train.accuracy } }),
}

/** Twenty examples to be learned by heart, with nothing held out. */
const smallSample = (vary: Vary, parts: Parameters<typeof sound>[1] = {}) =>
  sound(vary, {
    data: { ...vary.pick([blobs, manyBlobs])(vary), limit: { train: vary.pick([20, 20, 30]) } } as never,
    split: { validation: 0, test: 0 },
    optimizer: { kind: vary.pick(['adam', 'momentum']), lr: vary.scale(4e-3, 1e-2) },
    ...parts,
    train: { batchSize: vary.pick([10, 20]), epochs: 1e4, maxSteps: vary.whole(1050, 1200), evaluateEvery: 40, ...parts.train },
  })

const notLearned = ({ last }: Trained) => ({
  shown: last.train.accuracy < 0.95 || last.train.loss > 0.1 * Math.log(last.train.predicted.length),
  figures: { accuracy: last.train.accuracy, loss: last.train.loss },
})

const check = (name: string, plan: (vary: Vary) => Plan, also: string[] = []): Recipe => ({ kind: 'D28', name, also, plan, measure: notLearned })

const SMALL_SAMPLE: Recipe[] = [
  check('labels-change-every-epoch', (vary) => ({ config: smallSample(vary), prepare: relabelEachEpoch(vary) }), [
    'D14',
    'D16',
    'D20',
    'D22',
    'D23',
    'D27',
  ]),
  check('rate-too-low', (vary) => ({ config: smallSample(vary), prepare: changeRate((rate) => rate * 1e-3) }), [
    'D07',
    'D12',
    'D14',
    'D18',
    'D20',
    'D23',
  ]),
  check(
    'units-off',
    (vary) => ({
      config: smallSample(vary, { model: { kind: 'mlp', hidden: hidden(vary) } }),
      prepare: changeWeights(/^hidden\d\/bias/, (values) => void values.fill(-12)),
    }),
    ['D08', 'D10', 'D14', 'D16', 'D20', 'D23'],
  ),
  check('rate-too-high', (vary) => ({ config: smallSample(vary), prepare: changeRate(() => 5) }), [
    'D01',
    'D02',
    'D06',
    'D08',
    'D11',
    'D14',
    'D15',
    'D16',
    'D20',
    'D23',
    'D27',
  ]),
]

export const LEARNED_BY_HEART: Recipe = {
  kind: 'healthy',
  name: 'small-sample-check',
  plan: (vary) => ({ config: smallSample(vary) }),
  measure: ({ last }) => ({
    shown: last.train.accuracy === 1 && last.train.loss < 0.01 * Math.log(last.train.predicted.length),
    figures: { loss: last.train.loss },
  }),
}

export const UNUSUAL: Recipe[] = [...EXPLODING_GRADIENT, stalled((vary) => vary.scale(40_000, 3_600_000)), ...SMALL_SAMPLE]
