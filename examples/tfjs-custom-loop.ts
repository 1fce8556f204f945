/** A training loop of your own: log what you compute, let `watchOptimizer` measure the updates. Run it: `npx tsx examples/tfjs-custom-loop.ts`. */
import { init } from 'lossboard'
import { learningRate, loadTf, watchOptimizer } from 'lossboard/tfjs'

const { tf } = await loadTf()
const config = { hidden: 24, learningRate: 0.05, steps: 400 }
const run = init({ project: 'examples', group: 'tfjs-custom-loop', config })

// Named variables: `encoder/kernel` is shown as the layer `encoder`.
const encoder = tf.variable(tf.randomNormal([1, config.hidden], 0, 1, 'float32', 1), true, 'encoder/kernel')
const bias = tf.variable(tf.zeros([config.hidden]), true, 'encoder/bias')
const decoder = tf.variable(tf.randomNormal([config.hidden, 1], 0, 0.2, 'float32', 2), true, 'decoder/kernel')

const optimizer = tf.train.adam(config.learningRate)
const watching = watchOptimizer(optimizer, run, { tf, totalSteps: config.steps })

const x = tf.linspace(-3, 3, 128).as2D(128, 1)
const y = tf.sin(x)
for (let step = 0; step < config.steps; step++) {
  const loss = optimizer.minimize(() => {
    const hidden = tf.tanh(tf.add(tf.matMul(x, encoder), bias))
    return tf.losses.meanSquaredError(y, tf.matMul(hidden, decoder)).asScalar()
  }, true)
  run.log({ 'train/loss': loss?.dataSync()[0] ?? Number.NaN, lr: learningRate(optimizer) ?? Number.NaN }, step)
  loss?.dispose()
}
watching.unwatch()
await run.finish()
