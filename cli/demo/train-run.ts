import type { LayersModel, Optimizer } from '@tensorflow/tfjs'
import { image, init, type Run, text } from '../../trainer/index.ts'
import type { Digits } from '../../trainer/lab/data/mnist-files.ts'
import { type LoadedTf, learningRate, watch } from '../../trainer/tfjs/index.ts'
import { batchOf, shuffledBatches } from './batches.ts'
import { digitSheet } from './digit-sheet.ts'
import { evaluate } from './evaluate.ts'
import { BATCH_SIZE, type Experiment, LOSSES, makeOptimizer, SCHEDULES, setLearningRate } from './experiments.ts'
import { NETWORKS } from './networks.ts'

export interface TrainingContext {
  loaded: LoadedTf
  store: string
  train: Digits
  test: Digits
}

export interface RunPlan {
  experiment: Experiment
  seed: number
  /** The experiment's, or fewer when time is short. */
  steps: number
  leastSteps: number
  /** On the clock of `performance.now`, in seconds: it stops there once it has trained the least it must. */
  deadline: number
}

export interface RunResult {
  name: string
  number: number
  testAccuracy: number
  stepsDone: number
}

/** The last 5,000 training digits are held out; each validation looks at 2,000 of them. */
const HELD_OUT = 5000
const VALIDATION = 2000
const VALIDATIONS_PER_RUN = 16
/** The event loop gets a turn this often (ms), for Ctrl-C and messages. */
const TURN_EVERY = 25

/** Trains one network and logs everything about it. `onStep` sees each step's loss and the latest validation accuracy. */
export async function trainRun(
  context: TrainingContext,
  plan: RunPlan,
  onStep: (step: number, loss: number, valAccuracy: number | null) => void,
): Promise<RunResult> {
  const { tf } = context.loaded
  const { experiment, seed } = plan
  const run = startRun(context, plan)
  const model = NETWORKS[experiment.network](tf, seed * 100)
  const optimizer = makeOptimizer(tf, experiment)
  try {
    model.compile({ optimizer, loss: LOSSES[experiment.loss](tf), metrics: ['accuracy'] })
    const watching = watch(model, run, { tf, totalSteps: plan.steps })
    const stepsDone = await trainSteps(context, plan, { run, model, optimizer }, onStep)
    await watching.settled()
    watching.unwatch()
    const testAccuracy = logTest(context, plan, run, model, stepsDone)
    await run.finish()
    return { name: run.name, number: run.number ?? 0, testAccuracy, stepsDone }
  } catch (error) {
    await run.finish({ status: 'failed', reason: error instanceof Error ? error.message : String(error) })
    throw error
  } finally {
    model.dispose()
    optimizer.dispose()
  }
}

function startRun({ loaded, store, train }: TrainingContext, { experiment, seed, steps }: RunPlan): Run<object> {
  const { name, network, optimizer, learningRate, schedule, loss } = experiment
  const run = init({
    dir: store,
    project: 'mnist-demo',
    name: `${name}-seed-${seed}`,
    group: name,
    jobType: 'train',
    tags: ['demo', ...experiment.tags],
    notes: experiment.notes,
    quiet: true,
    config: {
      network,
      optimizer,
      learningRate,
      schedule,
      loss,
      batchSize: BATCH_SIZE,
      steps,
      seed,
      trainDigits: train.count - HELD_OUT,
      device: loaded.description,
    },
  })
  const shortened = steps < experiment.steps ? `\n\nTrained for ${steps} instead of ${experiment.steps} steps to stay within the time limit.` : ''
  run.log(
    {
      about: text(
        `${experiment.notes}${shortened}\n\nReal MNIST digits: ${train.count - HELD_OUT} to train on, ${VALIDATION} to validate, 10,000 to test.`,
      ),
      'digits/training': image(
        digitSheet(
          train,
          Uint32Array.from({ length: 40 }, (_, i) => i),
          10,
        ),
        { caption: 'The first 40 training digits' },
      ),
    },
    0,
  )
  return run
}

async function trainSteps(
  { loaded: { tf }, train }: TrainingContext,
  { experiment, seed, steps, leastSteps, deadline }: RunPlan,
  { run, model, optimizer }: { run: Run; model: LayersModel; optimizer: Optimizer },
  onStep: (step: number, loss: number, valAccuracy: number | null) => void,
): Promise<number> {
  const trainCount = train.count - HELD_OUT
  const held = Uint32Array.from({ length: VALIDATION }, (_, i) => trainCount + i)
  const batches = shuffledBatches(trainCount, BATCH_SIZE, seed)
  const validateEvery = Math.max(1, Math.round(steps / VALIDATIONS_PER_RUN))
  let valAccuracy: number | null = null
  const started = performance.now()
  let turn = started
  for (let step = 0; step < steps; step++) {
    // Where time is short its share counts instead of the steps', so that a run cut off still ends on its smallest learning rate.
    const done = Math.min(1, Math.max(step / steps, (performance.now() - started) / (deadline * 1000 - started)))
    setLearningRate(optimizer, experiment.learningRate * SCHEDULES[experiment.schedule](done, step))
    const { images, labels } = batchOf(tf, train, batches.next().value)
    const [loss, accuracy] = (await model.trainOnBatch(images, labels)) as [number, number]
    tf.dispose([images, labels])
    const epoch = ((step + 1) * BATCH_SIZE) / trainCount
    run.log({ 'train/loss': loss, 'train/accuracy': accuracy, lr: learningRate(optimizer) ?? Number.NaN, epoch }, step)
    const isLast = step === steps - 1 || (step + 1 >= leastSteps && performance.now() / 1000 > deadline)
    if ((step + 1) % validateEvery === 0 || isLast) {
      const validation = evaluate(tf, model, train, held, LOSSES[experiment.loss](tf))
      valAccuracy = validation.accuracy
      run.log({ 'val/loss': validation.loss, 'val/accuracy': validation.accuracy }, step)
      console.log(
        `step ${step + 1}/${steps}  loss ${loss.toFixed(4)}  val loss ${validation.loss.toFixed(4)}  val accuracy ${(valAccuracy * 100).toFixed(2)} %`,
      )
    }
    onStep(step + 1, loss, valAccuracy)
    if (isLast) return step + 1
    if (performance.now() - turn > TURN_EVERY) {
      await new Promise((resolve) => setImmediate(resolve))
      turn = performance.now()
    }
  }
  return steps
}

function logTest({ loaded: { tf }, test }: TrainingContext, { experiment, steps }: RunPlan, run: Run, model: LayersModel, stepsDone: number): number {
  const all = Uint32Array.from({ length: test.count }, (_, i) => i)
  const { loss, accuracy, mistakes } = evaluate(tf, model, test, all, LOSSES[experiment.loss](tf))
  const shown = mistakes.slice(0, 40)
  const read = shown.map(({ predicted }) => predicted).join(' ')
  run.log({ 'test/loss': loss, 'test/accuracy': accuracy }, stepsDone - 1)
  if (shown.length > 0 && Number.isFinite(accuracy))
    run.log(
      {
        'digits/mistakes': image(
          digitSheet(
            test,
            shown.map(({ position }) => position),
            10,
          ),
          { caption: `Test digits read wrongly, row by row as: ${read}` },
        ),
      },
      stepsDone - 1,
    )
  if (stepsDone < steps)
    run.log({ shortened: text(`Stopped after ${stepsDone} of ${steps} steps: the time limit of the demo was reached.`) }, stepsDone - 1)
  run.summary.update({ testDigits: test.count, stepsDone })
  console.log(`test accuracy ${(accuracy * 100).toFixed(2)} % on ${test.count} digits`)
  return accuracy
}
