/**
 * Several seeds of two settings, one run each, grouped: the shape of a small sweep. `npx tsx examples/seeds-in-one-process.ts`.
 */
import { track } from 'lossboard'

const settings = { plain: { lr: 0.1, momentum: 0 }, momentum: { lr: 0.1, momentum: 0.9 } }

for (const [group, setting] of Object.entries(settings)) {
  for (const seed of [1, 2, 3]) {
    await track({ project: 'valley', group, config: { ...setting, seed }, captureConsole: false }, async (run) => {
      // A narrow valley: x is steep, y is flat. The seed picks where the walk begins.
      const at = { x: Math.cos(seed), y: 10 * Math.sin(seed) }
      const speed = { x: 0, y: 0 }
      for (let step = 0; step < 200 && !run.signal.aborted; step++) {
        const gradient = { x: 10 * at.x, y: 0.1 * at.y }
        for (const axis of ['x', 'y'] as const) {
          speed[axis] = run.config.momentum * speed[axis] - run.config.lr * gradient[axis]
          at[axis] += speed[axis]
        }
        run.log({ loss: 5 * at.x ** 2 + 0.05 * at.y ** 2 }, step)
      }
    })
  }
}
