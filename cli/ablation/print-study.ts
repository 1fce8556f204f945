import { changesText } from '../../core/ablation/compare-definitions.ts'
import type { StudyVariant } from '../../core/ablation/study.ts'
import type { Store } from '../../db/store.ts'
import { findStudy } from '../../trainer/ablation/open-study.ts'
import type { StudyPlan } from '../../trainer/ablation/plan-study.ts'
import { type CellState, cellName, readCells, studyCells } from '../../trainer/ablation/study-cells.ts'
import { printJson } from '../json-output.ts'
import { textTable } from '../text-table.ts'
import { fillCommand } from './command-template.ts'
import type { LoadedStudy } from './load-study.ts'

/** `--dry-run`: what would be run, in its order. */
export async function printCells(loaded: LoadedStudy, store: Store | null): Promise<void> {
  const { plan } = loaded
  const states = await statesOf(plan, store)
  const { variants, baselineReason, seeds } = plan.definition
  const baseline = variants.find(({ key }) => key === plan.definition.baseline)
  const lines = [
    textTable(
      [
        { title: 'VARIANT', text: ({ label }) => label },
        { title: 'CHANGES', text: ({ key, changes }) => (key === baseline?.key ? `baseline: ${baselineReason}` : changesText(changes)) },
      ],
      variants,
    ),
    '',
    ...aliasLines(plan),
    `${variants.length} variants × ${seeds.length} seeds = ${states.length} cells; ${states.filter(isDone).length} finished`,
    ...states.filter((state) => !isDone(state)).map((state) => `${cellName(state.cell)}${commandText(loaded, state)}`),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function isDone({ status }: CellState): boolean {
  return status === 'finished'
}

/** Words with spaces in quotes: for reading, not for a shell. */
function commandText(loaded: LoadedStudy, { cell }: CellState): string {
  if (!('command' in loaded)) return ''
  const words = fillCommand(loaded.command.template, cell.config, cell.variant.label)
  return `: ${words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')}`
}

function aliasLines({ aliases }: StudyPlan): string[] {
  if (aliases.length === 0) return []
  return ['effects that these runs cannot tell apart:', ...aliases.map((group) => `  ${group.join(' = ')}`), '']
}

async function statesOf(plan: StudyPlan, store: Store | null): Promise<CellState[]> {
  const cells = studyCells(plan.definition)
  const study = store && (await findStudy(store, plan.definition))
  return study ? readCells(store, study, cells) : cells.map((cell) => ({ cell, status: 'missing', run: null, tries: 0 }))
}

const SIGNS: Record<CellState['status'], string> = {
  finished: 'done',
  running: 'running',
  failed: 'FAILED',
  interrupted: 'stopped',
  crashed: 'CRASHED',
  missing: '·',
}

/** `--status`: how far the study is, a row for each variant and a column for each seed. */
export async function printStatus({ plan }: LoadedStudy, store: Store | null, json: boolean): Promise<void> {
  const states = await statesOf(plan, store)
  if (json) {
    const cells = states.map(({ cell, status, run, tries }) => ({
      variant: cell.variant.label,
      seed: cell.seed,
      status,
      runId: run?.id ?? null,
      reason: run?.statusReason ?? null,
      failedTries: tries,
    }))
    return printJson({ name: plan.definition.name, project: plan.definition.project, cells })
  }
  const { variants, seeds } = plan.definition
  const of = (key: string, seed: number) => states.find(({ cell }) => cell.variant.key === key && cell.seed === seed)
  const table = textTable(
    [
      { title: 'VARIANT', text: ({ label }: StudyVariant) => label },
      ...seeds.map((seed) => ({ title: `SEED ${seed}`, text: ({ key }: StudyVariant) => SIGNS[of(key, seed)?.status ?? 'missing'] })),
    ],
    variants,
  )
  const failed = states.filter(({ status, run }) => status !== 'finished' && run !== null)
  const lines = [
    table,
    '',
    `${states.filter(isDone).length} of ${states.length} cells finished`,
    ...failed.map(
      ({ cell, status, run, tries }) =>
        `${cellName(cell)}: ${status}${tries > 1 ? ` ${tries} times` : ''}, run ${run?.name}${run?.statusReason ? `: ${run.statusReason}` : ''}`,
    ),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
