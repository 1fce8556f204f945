import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../../tfjs/tf.ts'
import { copyWeights } from '../models/copy-weights.ts'
import { freezeLayers } from '../models/freeze-layers.ts'
import type { LabModel } from '../models/lab-model.ts'
import { layersMatching } from '../models/layers-matching.ts'
import type { CheckpointState } from './checkpoint-codec.ts'

/** What became of the layers. */
export interface Transfer {
  /** Layers whose weights came from the checkpoint. */
  copied: string[]
  /** Layers with fresh weights: asked for, or the head of other classes. */
  reinitialised: string[]
  frozen: string[]
  /** Layers of the checkpoint that this model does not have. */
  unused: string[]
}

/**
 * Copies weights by name and shape from a checkpoint, and freezes layers. The head begins afresh when the classes differ.
 * @throws LossboardError `invalid_option` when a layer does not fit that is not to be reinitialised, or a glob means no layer
 */
export async function transferWeights(
  tf: Tf,
  { model, head }: LabModel,
  source: CheckpointState,
  options: { run: string; freeze: readonly string[]; reinitialise: readonly string[]; classes: readonly string[] },
): Promise<Transfer> {
  const fresh = new Set(layersMatching(model, options.reinitialise))
  const sameClasses = options.classes.length === source.classes.length && options.classes.every((name, index) => name === source.classes[index])
  if (!sameClasses) fresh.add(head)
  const { copied, skipped, unused } = await copyWeights(tf, { weights: source.weights, shapes: new Map(Object.entries(source.shapes)) }, model, [
    ...fresh,
  ])
  const problems = skipped.filter(({ name }) => !fresh.has(layerOf(name)))
  if (problems.length > 0) {
    const shown = problems.slice(0, 3).map(({ name, reason }) => `${name}: ${reason}`)
    throw new LossboardError(
      'invalid_option',
      `from: the weights of ${options.run} do not fit this model (${shown.join('; ')}${problems.length > 3 ? `; ${problems.length - 3} more` : ''}): give it the model of that run, or name the layers in from.reinitialise`,
    )
  }
  return {
    copied: layersOf(copied),
    reinitialised: layersOf(skipped.map(({ name }) => name)),
    frozen: freezeLayers(model, options.freeze),
    unused: layersOf(unused),
  }
}

function layersOf(weights: readonly string[]): string[] {
  return [...new Set(weights.map(layerOf))]
}

/** `stage1-conv1/kernel` belongs to `stage1-conv1`. */
function layerOf(weight: string): string {
  return weight.slice(0, weight.lastIndexOf('/'))
}
