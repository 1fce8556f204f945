import { stringify } from 'yaml'
import { deriveSeeds } from '../../trainer/lab/config/derive-seeds.ts'
import { labModelRecord } from '../../trainer/lab/models/model-record.ts'
import { recordedConfig } from '../../trainer/lab/training/config-hash.ts'
import { makeSession } from '../../trainer/lab/training/lab-session.ts'
import { applyFrom, findSource } from '../../trainer/lab/training/start-from.ts'
import { loadTf } from '../../trainer/tfjs/index.ts'
import { textTable } from '../text-table.ts'
import type { TrainingPlan } from './run-training.ts'

/** Prints what would be trained, after loading the data and building the network; makes no run. */
export async function dryRun(plans: readonly TrainingPlan[], dir: string): Promise<void> {
  const [first] = plans
  if (!first) return
  const { config } = first
  const { tf, description } = await loadTf()
  const source = await findSource(dir, config.from)
  const session = await makeSession(tf, config)
  try {
    const transfer = await applyFrom(session, source)
    const { plan, dataset, network, seeds, loss } = session
    const model = labModelRecord(tf, network.model)
    const { train, validation, test, classes } = dataset
    const lines = [
      stringify(recordedConfig(config, deriveSeeds(config))),
      textTable(
        [
          { title: 'LAYER', text: (layer) => layer.name },
          { title: 'TYPE', text: (layer) => layer.type },
          { title: 'OUTPUT', text: (layer) => layer.outputShape.map((size) => size ?? 'batch').join(' × ') },
          { title: 'PARAMETERS', align: 'right', text: (layer) => String(layer.parameters) },
          { title: 'FLOPS', align: 'right', text: (layer) => (layer.flops == null ? '' : String(layer.flops)) },
          { title: 'TRAINED', text: (layer) => (layer.parameters === 0 ? '' : layer.trainable ? 'yes' : 'frozen') },
        ],
        model.layers,
      ),
      '',
      `parameters  ${model.parameters}, ${model.trainableParameters} of them trained; ${model.flops ?? 'unknown'} FLOPs per example`,
      `data        ${dataset.name}: ${train.n} to train on, ${validation.n} to validate, ${test.n} to test; ${classes.length} classes`,
      `steps       ${plan.totalSteps}, ${plan.stepsPerEpoch} per epoch`,
      `first loss  about ${loss.initialLoss(classes.length).toPrecision(4)} for a network that knows nothing`,
      `seeds       ${plans.length > 1 ? `${plans.length} runs, with seed ${plans.map((one) => one.config.seed).join(', ')}` : JSON.stringify(seeds)}`,
      ...(transfer && source
        ? [`from        ${source.run.name} at step ${source.kept.step}: ${transfer.copied.length} layers copied, ${transfer.frozen.length} frozen`]
        : []),
      `device      ${description}`,
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  } finally {
    session.dispose()
  }
}
