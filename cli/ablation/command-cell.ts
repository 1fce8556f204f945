import type { CellEnd, CellRun } from '../../trainer/ablation/settle-cell.ts'
import { cellTags } from '../../trainer/ablation/settle-cell.ts'
import { type Stops, spawnCell } from '../../trainer/ablation/spawn-cell.ts'
import { type CommandTemplate, fillCommand } from './command-template.ts'

export interface CommandStudy {
  template: CommandTemplate
  /** Folder the command is started in; null: the present one. */
  cwd: string | null
  env: Record<string, string>
}

/** Runs a cell as another program; the environment tells its logging where it belongs. */
export function runCommandCell(
  cell: CellRun,
  { template, cwd, env }: CommandStudy,
  options: { timeoutMs: number | null; stops: Stops; onLine?: (line: string) => void },
): Promise<CellEnd> {
  const [command = '', ...args] = fillCommand(template, cell.config, cell.variant.label)
  return spawnCell({ command, args, env: { ...process.env, ...env, ...cellEnvironment(cell) }, ...(cwd !== null && { cwd }), ...options })
}

/** What `init` reads; docs/ablation.md lists it for programs in other languages. */
export function cellEnvironment(cell: CellRun): Record<string, string> {
  const { runId, studyId, variant, seed, project, location, config } = cell
  return {
    LOSSBOARD_DIR: location,
    // A study lives in one store: its cells log there, whatever is set for other runs.
    LOSSBOARD_URL: '',
    LOSSBOARD_MODE: 'online',
    LOSSBOARD_RUN_ID: runId,
    LOSSBOARD_PROJECT: project,
    LOSSBOARD_GROUP: variant.label,
    LOSSBOARD_TAGS: cellTags(cell)
      .map((tag) => tag.replaceAll(',', ' '))
      .join(','),
    LOSSBOARD_SEED: String(seed),
    LOSSBOARD_CONFIG: JSON.stringify(config),
    LOSSBOARD_STUDY: JSON.stringify({ id: studyId, variant: variant.key, seed }),
    LOSSBOARD_QUIET: '1',
  }
}
