import { expect, it } from 'vitest'
import { updateRatioVerdicts } from '../../../core/diagnosis/update-ratio-verdict.ts'
import type { Log10RatioHistogram } from '../../../core/kinds/histogram.ts'
import { RunReading } from '../../../db/diagnosis/run-reading.ts'
import { openStore } from '../../../db/open.ts'
import { init } from '../../../trainer/index.ts'
import { record } from '../../../trainer/record-value.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'

/** All elements in one bin of an eighth of a decade, counted from 1e-8. */
const histogram = (bin: number): Log10RatioHistogram => {
  const counts = Array<number>(80).fill(0)
  counts[bin] = 10
  return { layout: 'log10-ratio', counts, zero: 0, underflow: 0, overflow: 0, tinyWeight: 0, nonFinite: 0 }
}

it('reads update ratios off histograms only where the ratios were not logged, and later only what came since', async () => {
  await using folder = tempFolder()
  const run = init({ dir: folder.store, quiet: true, captureConsole: false, systemMetrics: false, saveGit: false })
  const log = (from: number, to: number, bin: number) => {
    for (let step = from; step < to; step += 10)
      run.log(
        {
          'train/loss': 1,
          'update-ratio/a': 1e-3,
          'update-ratio-histogram/a': record('histogram', histogram(8)),
          'update-ratio-histogram/b': record('histogram', histogram(bin)),
        },
        step,
      )
  }
  log(0, 300, 40)
  await run.flush()
  const store = await openStore(folder.store, { mode: 'read' })
  try {
    const reading = new RunReading(store, run.id, {})
    const stored = async () => (await store.run(run.id))!
    await reading.read(await stored(), async () => {})
    const points = () =>
      reading.diagnosis
        .view()
        .layers('update-ratio-median')
        .map(({ name, curve }) => [name, curve.points])
    expect(points()).toEqual([['update-ratio-histogram/b', 30]])
    log(300, 400, 40)
    await run.flush()
    await reading.read(await stored(), async () => {})
    expect(points()).toEqual([['update-ratio-histogram/b', 40]])
    expect(updateRatioVerdicts(reading.diagnosis.view()).layers).toMatchObject([
      { layer: 'a', verdict: 'ok' },
      { layer: 'b', verdict: 'ok' },
    ])
  } finally {
    await store.close()
    await run.finish()
  }
})
