import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { parse } from 'yaml'
import { numberCell } from '../../../core/import/number-cell.ts'
import { findFiles } from '../intake/find-files.ts'
import type { Intake } from '../intake/intake.ts'
import type { RunIntake } from '../intake/run-intake.ts'
import type { SourceFile } from '../intake/source-reader.ts'
import { readLines } from '../jsonl/read-lines.ts'
import { linkMlflowRuns, type MlflowRun, openMlflowRun, STATUS_NAMES } from './run.ts'

type Meta = Record<string, unknown>

/** The folder of MLflow's file store at a path: the folder itself, one named `mlruns` in it, or the one a single experiment or run lies in. */
export function mlrunsFolder(path: string): string | null {
  for (const folder of [path, join(path, 'mlruns')]) if (isStore(folder)) return folder
  return null
}

function isStore(folder: string): boolean {
  return folders(folder).some((name) => {
    const meta = readMeta(join(folder, name))
    return (
      meta !== null &&
      meta.experiment_id !== undefined &&
      meta.run_id === undefined &&
      meta.run_uuid === undefined &&
      meta.artifact_location !== undefined
    )
  })
}

export async function readMlruns(root: SourceFile, intake: Intake): Promise<void> {
  const runs: { given: MlflowRun; run: RunIntake; folder: string }[] = []
  let deleted = 0
  for (const experiment of folders(root.path)) {
    const meta = readMeta(join(root.path, experiment))
    if (meta === null || meta.artifact_location === undefined) continue
    for (const id of folders(join(root.path, experiment))) {
      const folder = join(root.path, experiment, id)
      const run = readMeta(folder)
      if (run === null || (run.run_id ?? run.run_uuid) === undefined) continue
      if (run.lifecycle_stage === 'deleted' || meta.lifecycle_stage === 'deleted') {
        deleted++
        continue
      }
      const given: MlflowRun = {
        id: String(run.run_id ?? run.run_uuid),
        name: text(run.run_name),
        experiment: text(meta.name) || experiment,
        status: typeof run.status === 'number' ? (STATUS_NAMES[run.status] ?? '') : text(run.status),
        startedAt: time(run.start_time),
        endedAt: time(run.end_time),
        user: text(run.user_id),
        artifacts: text(run.artifact_uri),
        params: await values(join(folder, 'params')),
        tags: await values(join(folder, 'tags')),
      }
      runs.push({ given, run: openMlflowRun(intake, given), folder })
    }
  }
  if (deleted > 0) intake.note('skipped', `${deleted} deleted ${deleted === 1 ? 'run' : 'runs'}: not imported`, { place: 'in all' })
  linkMlflowRuns(intake, runs)
  for (const { run, folder } of runs) {
    await readMetrics(root, folder, run, intake)
    const artifacts = findFiles(join(folder, 'artifacts'), () => true)
    if (artifacts.length > 0)
      run.note(
        'skipped',
        `${artifacts.length} artifact ${artifacts.length === 1 ? 'file' : 'files'} (${artifacts
          .slice(0, 3)
          .map(({ name }) => name)
          .join(', ')}${artifacts.length > 3 ? ', …' : ''}): not imported`,
        {
          file: relative(root.path, join(folder, 'artifacts')),
          place: 'in all',
        },
      )
    await intake.end(run)
  }
}

/** A file for each metric, a line for each number: time, value, step. */
async function readMetrics(root: SourceFile, folder: string, run: RunIntake, intake: Intake): Promise<void> {
  for (const { path, name } of findFiles(join(folder, 'metrics'), () => true)) {
    const metric = name.replaceAll('\\', '/')
    const file = relative(root.path, path)
    for await (const { text: line, number } of readLines(path, (bytes) => intake.settle(bytes))) {
      if (line.trim() === '') continue
      intake.rows++
      const [at, value, step = '0'] = line.trim().split(/\s+/)
      const place = { file, place: `line ${number}` }
      const parsed = numberCell(value)
      if (typeof parsed !== 'number') run.note('skipped', `${JSON.stringify(line.slice(0, 60))} is no time, value and step`, place)
      else if (!run.point(metric, Number(step), time(Number(at)), parsed)) run.badStep(step, place)
    }
  }
}

function readMeta(folder: string): Meta | null {
  const file = join(folder, 'meta.yaml')
  if (!existsSync(file)) return null
  try {
    const meta: unknown = parse(readFileSync(file, 'utf8'))
    return typeof meta === 'object' && meta !== null ? (meta as Meta) : null
  } catch {
    return null
  }
}

/** A file for each key. */
async function values(folder: string): Promise<Map<string, string>> {
  return new Map(findFiles(folder, () => true).map(({ path, name }) => [name.replaceAll('\\', '/'), readFileSync(path, 'utf8')]))
}

function folders(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== '.trash')
      .map(({ name }) => name)
      .sort()
  } catch {
    return []
  }
}

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value))
const time = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null)
/** What a report calls the folder. */
export const mlrunsName = (folder: string) => (basename(folder) === 'mlruns' ? 'mlruns' : `${basename(dirname(folder))}/${basename(folder)}`)
