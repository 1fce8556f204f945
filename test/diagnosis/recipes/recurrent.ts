import { weightNames } from '../../../trainer/lab/models/weight-names.ts'
import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import { trainedVariables } from '../../../trainer/lab/training/lab-session.ts'
import type { Vary } from '../generator/vary.ts'

/** Puts a recurrent network in the place of the lab's: the features of a row are read one after the other, as a sequence. */
export function recurrent(vary: Vary, { gain, activation }: { gain: number; activation: 'linear' | 'relu' | 'tanh' }): (session: LabSession) => void {
  return (session) => {
    const { tf, dataset } = session
    const [features = 1] = dataset.train.shape
    const units = 12
    const input = tf.input({ shape: [features], name: 'input' })
    const sequence = tf.layers.reshape({ targetShape: [features, 1], name: 'sequence' }).apply(input)
    const state = tf.layers
      .simpleRNN({
        units,
        activation,
        recurrentInitializer: tf.initializers.orthogonal({ gain, seed: vary.seed }),
        kernelInitializer: tf.initializers.glorotNormal({ seed: vary.seed }),
        name: 'recurrent',
      })
      .apply(sequence)
    const output = tf.layers
      .dense({ units: dataset.classes.length, kernelInitializer: tf.initializers.glorotNormal({ seed: vary.seed + 1 }), name: 'output' })
      .apply(state)
    const model = tf.model({ inputs: input, outputs: output as never, name: 'recurrent' })
    session.network = { model, head: 'output', weightNames: weightNames(model), setStep() {}, dispose() {} }
    session.variables = trainedVariables(session.network)
    const { dispose } = session
    session.dispose = () => {
      model.dispose()
      dispose()
    }
  }
}
