import type { LayersModel, Tensor, Tensor2D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { softmax } from '../../../../core/classification/probabilities.ts'
import type { PrCurveValue } from '../../../../core/kinds/values.ts'
import { seededRandom } from '../../../../core/seeded-random.ts'
import type { LabLoss } from '../../../../trainer/lab/losses/lab-loss.ts'
import { makeLoss } from '../../../../trainer/lab/losses/registry.ts'
import { type EvaluationRows, evaluate } from '../../../../trainer/lab/metrics/evaluate.ts'
import { evaluationMetrics, evaluationRecords, predictionMetrics } from '../../../../trainer/lab/metrics/log-evaluation.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'

let tf: Tf
let loss: LabLoss
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
  loss = makeLoss(tf, { kind: 'softmax-cross-entropy', labelSmoothing: 0 })
})

/** Examples whose inputs are their logits; the scorer only has to hand them on. */
function examples(logits: number[][], labels: number[]): EvaluationRows {
  const classes = logits[0]?.length ?? 3
  return {
    n: logits.length,
    shape: [classes],
    rows(positions) {
      const at = Array.from(positions)
      return {
        inputs: Float32Array.from(at.flatMap((i) => logits[i] as number[])),
        targets: Float32Array.from(at.flatMap((i) => Array.from({ length: classes }, (_, index) => (index === labels[i] ? 1 : 0)))),
        labels: Int32Array.from(at, (i) => labels[i] as number),
        n: at.length,
      }
    },
  }
}

function randomExamples(n: number, classes: number) {
  const random = seededRandom(9)
  const logits = Array.from({ length: n }, () => Array.from({ length: classes }, () => Math.fround(random() * 6 - 3)))
  const labels = Array.from({ length: n }, () => Math.floor(random() * classes))
  return { logits, labels, source: examples(logits, labels) }
}

const asTheyAre = (inputs: Tensor): Tensor2D => inputs.clone() as Tensor2D

describe('evaluate', () => {
  it('gives the metrics one computes by hand, whatever the size of the batches', async () => {
    const { logits, labels, source } = randomExamples(103, 7)
    const losses = logits.map((row, i) => -Math.log(softmax(row, 7)[labels[i] as number] as number))
    const rank = (row: number[], label: number) => row.filter((one) => one > (row[label] as number)).length
    const share = (hit: (row: number[], label: number) => boolean) => logits.filter((row, i) => hit(row, labels[i] as number)).length / 103
    for (const batchSize of [1, 10, 103, 500]) {
      const found = await evaluate(tf, asTheyAre, loss, source, { classes: 7, batchSize, probabilities: true })
      expect(found.loss).toBeCloseTo(losses.reduce((sum, one) => sum + one, 0) / 103, 5)
      expect(found.accuracy).toBe(share((row, label) => rank(row, label) === 0))
      expect(found.top5).toBe(share((row, label) => rank(row, label) < 5))
      expect(found.predictedCounts.reduce((sum, one) => sum + one, 0)).toBe(103)
      expect(found.matrix.counts.map((row) => row.reduce((sum, one) => sum + one, 0))).toEqual(found.scores.perClass.map(({ support }) => support))
      expect([...found.labels]).toEqual(labels)
      expect([...(found.probabilities as Float64Array)]).toEqual([...softmax(logits.flat(), 7)])
      expect([found.n, found.nanRows]).toEqual([103, 0])
    }
  })

  it('runs a model in inference mode and leaves model and memory as they were', async () => {
    const layer = { kernelInitializer: tf.initializers.heNormal({ seed: 1 }) }
    const model: LayersModel = tf.sequential({
      layers: [
        tf.layers.dense({ units: 8, inputShape: [3], activation: 'relu', ...layer }),
        tf.layers.batchNormalization({}),
        tf.layers.dropout({ rate: 0.9 }),
        tf.layers.dense({ units: 3, ...layer }),
      ],
    })
    const { source } = randomExamples(50, 3)
    const weights = () => model.getWeights().map((weight) => [...weight.dataSync()])
    const before = weights()
    const tensors = tf.memory().numTensors
    const first = await evaluate(tf, model, loss, source, { classes: 3, batchSize: 8 })
    const second = await evaluate(tf, model, loss, source, { classes: 3, batchSize: 8 })
    expect(second).toEqual(first)
    expect(weights()).toEqual(before)
    expect(tf.memory().numTensors).toBe(tensors)
    expect(first.top5).toBeNull()
    expect(first.probabilities).toBeNull()
  })

  it('keeps NaN: the loss is NaN, the example has no prediction and counts as wrong', async () => {
    const source = examples(
      [
        [5, 0],
        [Number.NaN, 0],
        [0, 5],
      ],
      [0, 0, 1],
    )
    const found = await evaluate(tf, asTheyAre, loss, source, { classes: 2, probabilities: true })
    expect(found).toMatchObject({ loss: Number.NaN, accuracy: 2 / 3, nanRows: 1, predictedCounts: [1, 1] })
    expect(found.matrix.unplaced).toEqual([1, 0])
    const records = evaluationRecords(found, { split: 'test', classes: ['a', 'b'] })
    expect(records['pr-curve/test']?.payload).toMatchObject({ examples: 2, nanScores: 1 })
    expect(records['confusion-matrix/test']?.payload).toMatchObject({ unplaced: [1, 0] })
  })

  it('of no examples has no figures, of a limit only those', async () => {
    const { source } = randomExamples(40, 3)
    const none = await evaluate(tf, asTheyAre, loss, { ...source, n: 0 }, { classes: 3 })
    expect(none).toMatchObject({ n: 0, loss: null, accuracy: null, top5: null })
    expect(evaluationMetrics(none, 'val')).toEqual({})
    expect((await evaluate(tf, asTheyAre, loss, source, { classes: 3, limit: 7 })).n).toBe(7)
  })

  it('lets timers run and stops when told to', async () => {
    const { source } = randomExamples(400, 3)
    const slow = (inputs: Tensor): Tensor2D => {
      const until = performance.now() + 2
      while (performance.now() < until);
      return inputs.clone() as Tensor2D
    }
    const stop = new AbortController()
    let evaluated = 0
    const counted: EvaluationRows = {
      ...source,
      rows(positions) {
        evaluated += positions.length
        return source.rows(positions)
      },
    }
    const tensors = tf.memory().numTensors
    setTimeout(() => stop.abort(new Error('enough')), 1)
    await expect(evaluate(tf, slow, loss, counted, { classes: 3, batchSize: 1, signal: stop.signal })).rejects.toThrow('enough')
    expect(evaluated).toBeGreaterThan(0)
    expect(evaluated).toBeLessThan(400)
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('refuses a model with another number of outputs than the data has classes', async () => {
    const { source } = randomExamples(4, 3)
    const wide = (inputs: Tensor): Tensor2D => tf.concat([inputs as Tensor2D, inputs as Tensor2D], 1)
    const anyLoss: LabLoss = { ...loss, perExample: () => tf.zeros([4]) }
    const tensors = tf.memory().numTensors
    await expect(evaluate(tf, wide, anyLoss, source, { classes: 3 })).rejects.toThrow('the model gives 6 logits per example, the data has 3 classes')
    expect(tf.memory().numTensors).toBe(tensors)
  })
})

describe('what is logged of an evaluation', () => {
  it('tells a network that says one class only, and leaves small classes out of the lowest recall', async () => {
    const labels = [...Array<number>(30).fill(0), ...Array<number>(10).fill(1), ...Array<number>(9).fill(2)]
    const always = examples(
      labels.map(() => [3, 0, 0]),
      labels,
    )
    expect(predictionMetrics(await evaluate(tf, asTheyAre, loss, always, { classes: 3 }), 'val')).toEqual({
      'val/most-predicted-share': 1,
      'val/lowest-recall': 0,
    })
    const right = examples(
      labels.map((label) => [0, 1, 2].map((one) => (one === label && label < 2 ? 5 : 0))),
      labels,
    )
    const found = predictionMetrics(await evaluate(tf, asTheyAre, loss, right, { classes: 3 }), 'val')
    expect(found['val/lowest-recall']).toBe(1)
    expect(found['val/most-predicted-share']).toBeCloseTo(39 / 49, 12)
    expect(predictionMetrics(await evaluate(tf, asTheyAre, loss, { ...right, n: 0 }, { classes: 3 }), 'val')).toEqual({})
  })

  it('are the metrics under their names, the matrix and one curve per class', async () => {
    const { source } = randomExamples(60, 6)
    const found = await evaluate(tf, asTheyAre, loss, source, { classes: 6, probabilities: true })
    const metrics = evaluationMetrics(found, 'val')
    expect(Object.keys(metrics)).toEqual(['val/loss', 'val/accuracy', 'val/top-5-accuracy', 'val/f1-macro', 'val/f1-micro', 'val/f1-weighted'])
    expect(metrics['val/f1-micro']).toBeCloseTo(metrics['val/accuracy'] as number, 12)
    const classes = ['a', 'b', 'c', 'd', 'e', 'f']
    const records = evaluationRecords(found, { split: 'validation', classes })
    expect(Object.keys(records)).toEqual(['confusion-matrix/validation', 'pr-curve/validation'])
    const curves = records['pr-curve/validation']?.payload as unknown as PrCurveValue
    expect(curves.curves.map((curve) => [curve.class, curve.positives])).toEqual(
      classes.map((name, index) => [name, found.scores.perClass[index]?.support]),
    )
  })

  it('takes sigmoids where the loss does', async () => {
    const sigmoidLoss = makeLoss(tf, { kind: 'sigmoid-cross-entropy', labelSmoothing: 0 })
    const found = await evaluate(tf, asTheyAre, sigmoidLoss, examples([[0, 2]], [1]), { classes: 2, probabilities: true })
    expect([...(found.probabilities as Float64Array)]).toEqual([0.5, 1 / (1 + Math.exp(-2))])
  })
})
