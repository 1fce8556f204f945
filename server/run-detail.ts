import { asShown } from '../core/as-shown.ts'
import { toSeriesTable } from '../core/series-table.ts'
import { pack } from '../core/wire.ts'
import type { Store } from '../db/store.ts'

/** Everything the run page needs before it asks for charts. `reference`: id, name or #number. */
export async function runDetail(store: Store, reference: string) {
  const run = asShown(await store.findRun(reference), Date.now())
  const [attempts, series, records, rules, parent, children, links] = await Promise.all([
    store.attempts(run.id),
    store.series(run.id),
    store.recordKeys(run.id),
    store.rules(run.id),
    run.parentId === null ? null : store.run(run.parentId),
    store.children(run.id),
    store.links(run.id),
  ])
  return {
    run,
    attempts,
    series: pack(toSeriesTable(series)),
    records,
    rules,
    parent: parent && { id: parent.id, name: parent.name },
    children,
    links,
  }
}
