import { parseLabConfig } from '../../../trainer/lab/config/parse-lab-config.ts'
import { type LabSession, makeSession } from '../../../trainer/lab/training/lab-session.ts'
import { runSession } from '../../../trainer/lab/training/run-session.ts'
import type { Tf } from '../../../trainer/tfjs/index.ts'
import { type Inside, inside } from '../measure/inside.ts'
import { type Look, look } from '../measure/look.ts'
import { measuredLabels } from '../measure/measured-labels.ts'
import type { Trained } from '../measure/trained.ts'
import type { GeneratedRun } from './generated-run.ts'
import { MemoryRun } from './memory-run.ts'
import type { Plan, Recipe } from './recipe.ts'
import { vary } from './vary.ts'

/** Places of a run at which its network is looked at. */
const LOOKS = 10

/** Trains one run of a recipe for real, and measures what became of it. */
export async function generateRun(tf: Tf, recipe: Recipe, seed: number): Promise<GeneratedRun> {
  const choices = vary(`${recipe.kind}/${recipe.name}`, seed)
  const plan = recipe.plan(choices)
  return withTrained(tf, plan, { seed, looks: LOOKS }, async (trained) => {
    const { shown, figures } = await recipe.measure(trained)
    const { view = (log) => log } = plan
    return {
      kind: recipe.kind,
      recipe: recipe.name,
      seed,
      shown,
      figures,
      also: [...new Set([...(recipe.also ?? []), ...measuredLabels(trained)])].sort(),
      log: view(trained.log, trained.session),
    }
  })
}

async function withTrained<Result>(
  tf: Tf,
  plan: Plan,
  { seed, looks: places }: { seed: number; looks: number },
  use: (trained: Trained) => Promise<Result>,
): Promise<Result> {
  const session = await makeSession(tf, parseLabConfig({ ...DEFAULTS, seed, ...plan.config }))
  try {
    await plan.prepare?.(session)
    const { totalSteps } = session.plan
    const wanted = new Set(Array.from({ length: places }, (_, place) => Math.round(((place + 1) * totalSteps) / places) - 1))
    const looks: Look[] = [look(session, -1)]
    const insides: Inside[] = places > 1 ? [inside(session)] : []
    const initialKernels = kernels(session)
    const run = new MemoryRun()
    await runSession(session, run.asRun(), {
      hash: '',
      device: 'generator',
      resumed: null,
      knowsSomething: plan.pretrained ?? false,
      keepOpen: false,
      onProgress: (progress) => {
        if (progress.type !== 'step' || !wanted.has(progress.step)) return
        looks.push(look(session, progress.step))
        if (places > 1 && progress.step + 1 === Math.round(totalSteps / 2)) insides.push(inside(session))
      },
    })
    run.config.update(plan.config)
    if (plan.pretrained) run.link('source', { role: 'checkpoint' })
    // A run that ended early, or went back to its best weights.
    looks.push(look(session, session.optimizer.iterations - 1))
    if (places > 1) insides.push(inside(session))
    return await use({
      session,
      plan,
      looks,
      first: looks[0] as Look,
      last: looks.at(-1) as Look,
      insides,
      initialKernels,
      log: run.told(),
      twin: (other) => withTrained(tf, other, { seed, looks: 1 }, async ({ last }) => last),
    })
  } finally {
    session.dispose()
  }
}

function kernels({ variables, network }: LabSession): Map<string, Float32Array> {
  return new Map(
    variables
      .filter(({ shape }) => shape.length >= 2)
      .map((variable) => [network.weightNames.get(variable.name) ?? variable.name, variable.dataSync<'float32'>().slice()]),
  )
}

/** Checkpoints would only take time: nobody resumes these runs. */
const DEFAULTS = { checkpoints: { every: null, keepBest: 0 } }
