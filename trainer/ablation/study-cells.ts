import type { Study, StudyDefinition, StudyVariant } from '../../core/ablation/study.ts'
import { SILENT_MS } from '../../core/as-shown.ts'
import type { JsonObject, Run, RunStatus } from '../../core/run.ts'
import type { Store } from '../../db/store.ts'

/** One variant with one seed: one training. */
export interface Cell {
  variant: StudyVariant
  seed: number
  /** What it is trained with, `seed` in it. */
  config: JsonObject
}

export interface CellState {
  cell: Cell
  /** Of the run that counts: a finished one, else one that is running, else the newest. */
  status: RunStatus | 'missing'
  run: Run | null
  /** Runs that did not finish. */
  tries: number
}

export function cellName({ variant, seed }: Cell): string {
  return `${variant.label}, seed ${seed}`
}

/** Seed by seed: a study that is stopped early still has seeds that all variants share. */
export function studyCells({ variants, seeds }: StudyDefinition): Cell[] {
  return (seeds ?? []).flatMap((seed) =>
    variants.flatMap((variant) => (variant.config === null ? [] : [{ variant, seed, config: { ...variant.config, seed } }])),
  )
}

/** What the store knows of each cell. A run whose process is gone is told from one that still goes on. */
export async function readCells(store: Store, study: Study, cells: readonly Cell[]): Promise<CellState[]> {
  await store.markCrashed(Date.now(), SILENT_MS)
  const { runs } = await store.overview({ ids: study.runs.map(({ runId }) => runId) }, [])
  const byId = new Map(runs.map((run) => [run.id, run]))
  return cells.map((cell) => {
    const own = study.runs.flatMap(({ runId, variant, seed }) => {
      const run = byId.get(runId)
      return run && variant === cell.variant.key && seed === cell.seed ? [run] : []
    })
    own.sort((a, b) => b.startedAt - a.startedAt)
    const run = own.find(({ status }) => status === 'finished') ?? own.find(({ status }) => status === 'running') ?? own[0] ?? null
    const tries = own.filter(({ status }) => status !== 'finished' && status !== 'running').length
    return { cell, status: run?.status ?? 'missing', run, tries }
  })
}
