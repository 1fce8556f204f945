/**
 * The smallest complete use: fits a line by gradient descent and logs it. `npx tsx examples/log-from-typescript.ts`, then `npx lossboard`.
 */
import { histogram, init } from 'lossboard'

const run = init({ project: 'line', config: { lr: 0.05, steps: 300, noise: 0.3, seed: 1 }, tags: ['example'] })
run.defineMetric('val/*', { step: 'epoch', goal: 'min' })

let state = run.config.seed
/** Numbers from 0 to 1, the same every time (Park and Miller's generator). */
function random(): number {
  state = (state * 48_271) % 2_147_483_647
  return state / 2_147_483_647
}
const points = Array.from({ length: 64 }, () => {
  const x = random() * 2 - 1
  return { x, y: 3 * x - 1 + (random() - 0.5) * run.config.noise }
})
const train = points.slice(0, 48)
const validation = points.slice(48)

let slope = 0
let offset = 0
const errorsOf = (set: typeof points) => set.map(({ x, y }) => slope * x + offset - y)
const meanSquare = (errors: number[]) => errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length

for (let step = 0; step < run.config.steps; step++) {
  const errors = errorsOf(train)
  const slopeGradient = (2 * train.reduce((sum, { x }, i) => sum + x * (errors[i] ?? 0), 0)) / train.length
  const offsetGradient = (2 * errors.reduce((sum, error) => sum + error, 0)) / train.length
  slope -= run.config.lr * slopeGradient
  offset -= run.config.lr * offsetGradient
  run.log({ train: { loss: meanSquare(errors) }, 'gradient-norm/global': Math.hypot(slopeGradient, offsetGradient) }, step)
  if (step % 50 === 49) run.log({ epoch: (step + 1) / 50, 'val/loss': meanSquare(errorsOf(validation)), residuals: histogram(errors) }, step)
}
run.summary.update({ slope, offset })
await run.finish()
