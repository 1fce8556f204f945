import { vi } from 'vitest'
import type { RunLinks } from '../../core/run-link.ts'
import { openStore, type Run } from '../../db/index.ts'
import type { LessonOptions } from '../../examples/lessons/lesson.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'

/** Runs a lesson on a share of its usual training, in a store of its own; `links` by name of the run. */
export async function runLesson<Ended>(
  main: (options: LessonOptions) => Promise<Ended>,
  budget: number,
): Promise<{ ended: Ended; lines: string[]; runs: Run[]; links: Map<string, RunLinks> }> {
  await using folder = tempFolder()
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    const ended = await main({ dir: folder.store, budget, seed: 0 })
    const lines = print.mock.calls.map(([line]) => String(line))
    const store = await openStore(folder.store, { mode: 'read' })
    const { runs } = await store.overview({}, [])
    const links = new Map<string, RunLinks>()
    for (const { id, name } of runs) links.set(name, await store.links(id))
    await store.close()
    return { ended, lines, runs, links }
  } finally {
    print.mockRestore()
  }
}
