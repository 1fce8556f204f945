import type { Store } from '../../db/store.ts'

/** Every stored point of a series, superseded ones too, as the bits of its value; without times. */
async function pointsOf(store: Store, id: string, name: string) {
  const rows: unknown[] = []
  for await (const { step, value, superseded } of store.points(id, name, { all: true }))
    for (let i = 0; i < step.length; i++) rows.push([step[i], Buffer.from(Float64Array.of(value[i]!).buffer).toString('hex'), superseded?.[i] ?? 0])
  return rows
}

/** What a store has of a run, without what differs between two processes that log the same. */
export async function everything(store: Store, id: string) {
  const run = (await store.run(id))!
  const { project, name, group, jobType, tags, notes, status, statusReason, config, summary, seed, attempt, droppedPoints, parentId } = run
  const series = await store.series(id)
  const points = Object.fromEntries(await Promise.all(series.map(async ({ name }) => [name, await pointsOf(store, id, name)])))
  const records = await store.records({ runId: id })
  return {
    run: { project, name, group, jobType, tags, notes, status, statusReason, config, summary, seed, attempt, droppedPoints, parentId },
    // Sums are added up batch by batch, and the batches differ: the last digits of a mean do too.
    series: series.map(({ lastWall: _, mean, ...rest }) => ({ ...rest, mean: Number.isFinite(mean) ? Number(mean.toPrecision(12)) : mean })),
    points,
    rules: await store.rules(id),
    records: records.map(({ name, kind, step, payload, blobHash }) => ({ name, kind, step, payload, blobHash })),
  }
}
