import type { LabConfig } from '../../../trainer/lab/config/lab-config.ts'
import type { Recipe } from '../generator/recipe.ts'
import { l2 } from '../measure/inside.ts'
import type { Trained } from '../measure/trained.ts'
import { blobs, manyBlobs, sound } from './networks.ts'

const other = (trained: Trained, config: Partial<LabConfig>) => trained.twin({ ...trained.plan, config: { ...trained.plan.config, ...config } })

const decayDominates = async (trained: Trained) => {
  const { last, insides, session, plan } = trained
  const { weightDecay } = session.config.optimizer
  const [before] = insides
  const pull = weightDecay * l2((before?.kernels ?? []).map((kernel) => kernel.weights))
  const free = await other(trained, { optimizer: { ...plan.config.optimizer, weightDecay: 0 } as NonNullable<LabConfig['optimizer']> })
  return {
    shown: free.train.loss < 0.6 * last.train.loss && last.train.loss > free.train.loss + 0.15 && pull > (before?.gradient ?? 0) * 0.5,
    figures: { loss: last.train.loss, lossWithout: free.train.loss, pull, gradient: before?.gradient ?? 0 },
  }
}

const REGULARISATION: Recipe[] = [
  {
    kind: 'D24',
    name: 'weight-decay',
    also: ['D14', 'D16', 'D20', 'D10', 'D23', 'D03'],
    plan: (vary) => ({
      config: sound(vary, {
        data: vary.pick([manyBlobs, blobs])(vary),
        optimizer: { kind: vary.pick(['sgd', 'momentum']), lr: vary.scale(0.01, 0.05), weightDecay: vary.scale(0.1, 0.4) },
        steps: vary.whole(350, 500),
      }),
    }),
    measure: decayDominates,
  },
  {
    kind: 'D24',
    name: 'weight-decay-of-a-large-network',
    also: ['D14', 'D16', 'D20', 'D10', 'D23'],
    plan: (vary) => ({
      config: sound(vary, {
        data: manyBlobs(vary),
        model: { kind: 'mlp', hidden: [96, 64] },
        optimizer: { kind: 'sgd', lr: vary.scale(0.01, 0.04), weightDecay: vary.scale(0.1, 0.25) },
        steps: vary.whole(350, 500),
      }),
    }),
    measure: decayDominates,
  },
]

const CLIPPING: Recipe[] = (['sgd', 'momentum', 'adam'] as const).map((kind) => ({
  kind: 'D25',
  name: kind,
  also: ['D07', 'D18', 'D20', 'D12', 'D16'],
  plan: (vary) => ({
    config: sound(vary, {
      data: vary.pick([blobs, manyBlobs])(vary),
      optimizer: {
        kind,
        lr: kind === 'adam' ? vary.scale(1e-3, 3e-3) : vary.scale(0.02, 0.1),
        clip: { norm: vary.scale(0.02, 0.15) },
      },
      steps: vary.whole(350, 500),
    }),
  }),
  measure: ({ log, session }) => {
    const { clip } = session.config.optimizer
    const limit = clip && 'norm' in clip ? clip.norm : 0
    const late = (log.series['gradient-norm/global']?.value ?? []).slice(-200)
    const share = late.filter((norm) => norm > limit).length / late.length
    return { shown: share > 0.55, figures: { share } }
  },
}))

export const REGULARISED: Recipe[] = [...REGULARISATION, ...CLIPPING]
