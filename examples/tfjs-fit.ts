/** `model.fit` with everything logged. Run it: `npx tsx examples/tfjs-fit.ts`, then `npx lossboard`. */
import { init } from 'lossboard'
import { fitCallbacks, loadTf, watch } from 'lossboard/tfjs'

const { tf, description } = await loadTf()
console.log(description)

const config = { units: 32, learningRate: 0.01, epochs: 20, batchSize: 32 }
const run = init({ project: 'examples', group: 'tfjs-fit', config })

// Two interleaved spirals: not separable by a line, easy for a small network.
const points = Array.from({ length: 1000 }, (_, i) => {
  const turn = (i / 1000) * 3 * Math.PI
  const side = i % 2 === 0 ? 1 : -1
  return { x: [(side * turn * Math.cos(turn)) / 10, (side * turn * Math.sin(turn)) / 10], y: i % 2 === 0 ? [1, 0] : [0, 1] }
})
tf.util.shuffle(points)
const xs = tf.tensor2d(points.map(({ x }) => x))
const ys = tf.tensor2d(points.map(({ y }) => y))

const model = tf.sequential({
  layers: [
    tf.layers.dense({ name: 'hidden1', inputShape: [2], units: config.units, activation: 'relu' }),
    tf.layers.dense({ name: 'hidden2', units: config.units, activation: 'relu' }),
    tf.layers.dense({ name: 'output', units: 2, activation: 'softmax' }),
  ],
})
model.compile({ optimizer: tf.train.adam(config.learningRate), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })

watch(model, run, { tf })
await model.fit(xs, ys, {
  epochs: config.epochs,
  batchSize: config.batchSize,
  validationSplit: 0.2,
  verbose: 0,
  callbacks: fitCallbacks(run),
})
await run.finish()
