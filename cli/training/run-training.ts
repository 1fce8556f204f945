import { relative } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import { parseLabConfig } from '../../trainer/lab/config/parse-lab-config.ts'
import { type LabConfig, type LabRunReference, type ResolvedLabConfig, trainLab } from '../../trainer/lab/index.ts'
import { withStore } from '../../trainer/lab/training/start-run.ts'
import { loadTf } from '../../trainer/tfjs/index.ts'
import type { StorePath } from '../store-path.ts'
import { dryRun } from './dry-run.ts'
import { changed, gatherConfig } from './gather-config.ts'
import { parseSeeds } from './parse-arguments.ts'
import type { TrainOptions } from './train-options.ts'
import { resultTable, type Trained, TrainingDisplay } from './training-display.ts'

/** `lossboard train`: one run, or one after the other for several seeds. */
export async function runTraining(file: string | undefined, { file: dir, named }: StorePath, options: TrainOptions): Promise<void> {
  const stopOn = readSeverity(options.stopOn)
  const display = new TrainingDisplay(options.quiet ?? false)
  const plans = options.resume === undefined ? await newRuns(file, options, display) : [await oldRun(dir, options.resume, options, display)]
  if (options.dryRun) return dryRun(plans, dir)
  // As for a script: a store that is named wins over LOSSBOARD_URL.
  const toServer = !named && Boolean(process.env.LOSSBOARD_URL)
  const stop = stopOnSignal()
  const loaded = await loadTf()
  for (const warning of loaded.warnings) display.note(warning)
  const results: Trained[] = []
  let current: LabRunReference | null = null
  try {
    for (const { config, resume } of plans) {
      const result = await trainLab(config as LabConfig, {
        ...(toServer ? {} : { dir }),
        tf: loaded.tf,
        device: loaded.description,
        signal: stop.signal,
        ...(options.quiet && { diagnose: false }),
        ...(stopOn !== undefined && { stopOn }),
        ...(resume !== undefined && { resume }),
        onProgress(progress) {
          if (progress.type === 'start') current = progress.run
          display.show(progress)
        },
      })
      display.stop()
      results.push({ ...result, seed: config.seed })
    }
  } catch (error) {
    display.stop()
    if (!stop.signal.aborted) throw error
    sayStopped(current, plans.length - results.length, toServer && options.resume === undefined ? null : dir)
    process.exitCode = stop.exitCode()
  } finally {
    stop.end()
  }
  if (results.length > 0) process.stdout.write(`${resultTable(results)}\n`)
}

function readSeverity(text: string | undefined): 'critical' | 'warning' | undefined {
  if (text === undefined || text === 'critical' || text === 'warning') return text
  throw new LossboardError('invalid_option', `--stop-on must be critical or warning, got "${text}"`)
}

export interface TrainingPlan {
  config: ResolvedLabConfig
  resume?: string
}

async function newRuns(file: string | undefined, options: TrainOptions, display: TrainingDisplay): Promise<TrainingPlan[]> {
  const { config, source, base } = await gatherConfig(file, options, (text) => display.note(text))
  if (options.seeds === undefined) return [{ config: parseLabConfig(config, source) }]
  return parseSeeds(options.seeds).map((seed) => {
    const resolved = parseLabConfig({ ...config, seed }, source)
    return { config: { ...resolved, group: resolved.group ?? resolved.name ?? base, name: `${resolved.name ?? base}-seed-${seed}` } }
  })
}

async function oldRun(dir: string, reference: string, options: TrainOptions, display: TrainingDisplay): Promise<TrainingPlan> {
  for (const [name, given] of Object.entries({ seeds: options.seeds, from: options.from, name: options.name, project: options.project }))
    if (given !== undefined) throw new LossboardError('invalid_option', `--resume goes on with a run as it is: leave out --${name}`)
  return withStore(dir, async (store) => {
    const { id, config, name, project } = await store.findRun(reference)
    const stored = changed({ ...config, project }, options, (text) => display.note(text))
    return { config: parseLabConfig(stored, `the config of run ${name}`), resume: id }
  })
}

interface Stop {
  signal: AbortSignal
  exitCode(): number
  end(): void
}

/** The first SIGINT or SIGTERM ends the run after the step under way; a second one ends the process. */
function stopOnSignal(): Stop {
  const controller = new AbortController()
  let caught: NodeJS.Signals = 'SIGINT'
  const stop = (signal: NodeJS.Signals) => {
    caught = signal
    controller.abort(new DOMException(`stopped by ${signal}`, 'AbortError'))
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return {
    signal: controller.signal,
    exitCode: () => (caught === 'SIGINT' ? 130 : 143),
    end: () => process.off('SIGINT', stop).off('SIGTERM', stop),
  }
}

function sayStopped(run: LabRunReference | null, left: number, dir: string | null): void {
  const others = left > 1 ? `; ${left - 1} more not begun` : ''
  if (dir === null) {
    process.stderr.write(`stopped; a run that logs to a server cannot be resumed from there${others}\n`)
    return
  }
  const near = relative('.', dir)
  process.stderr.write(
    run
      ? `stopped; to go on: lossboard train --resume ${run.name} ${near.startsWith('..') ? dir : near}${others}\n`
      : 'stopped before a run was made\n',
  )
}
