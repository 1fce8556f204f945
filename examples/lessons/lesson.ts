/** What the lessons share: one run per variant, a row of figures for each, and the options of the command line. Copy it along with a lesson. */
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type LabConfig, type LabRunReference, trainLab } from 'lossboard/lab'
import { loadTf } from 'lossboard/tfjs'

export interface LessonOptions {
  /** Share of the usual length of training, above 0 up to 1: for a quick look, and for tests. Default 1. */
  budget?: number
  /** Everything random follows from it. Default 0. */
  seed?: number
  /** The store. Default: LOSSBOARD_DIR, else `./lossboard.db`. */
  dir?: string
}

/** How a variant ended, measured in inference mode. NaN: not a number, or not measured. */
export interface Outcome {
  run: LabRunReference
  trainLoss: number
  trainAccuracy: number
  valLoss: number
  valAccuracy: number
  testAccuracy: number
}

/** Loaded once: WebAssembly takes most of a second. */
let engine: ReturnType<typeof loadTf> | undefined
export async function loadEngine() {
  engine ??= loadTf()
  const { tf, description: device } = await engine
  return { tf, device }
}

/** Trains the variants one after the other, as runs of the project `lesson`, and prints how each ended. */
export async function trainVariants<Name extends string>(
  lesson: string,
  variants: Record<Name, LabConfig>,
  options: LessonOptions = {},
): Promise<Record<Name, Outcome>> {
  const names = Object.keys(variants) as Name[]
  const width = Math.max(lesson.length, ...names.map((name) => name.length))
  printRow(width, lesson, 'train loss', 'train acc.', 'val loss', 'val acc.', 'test acc.')
  const outcomes = {} as Record<Name, Outcome>
  for (const name of names) {
    const outcome = await trainVariant(lesson, name, variants[name], options)
    const { trainLoss, trainAccuracy, valLoss, valAccuracy, testAccuracy } = outcome
    printRow(width, name, loss(trainLoss), percent(trainAccuracy), loss(valLoss), percent(valAccuracy), percent(testAccuracy))
    outcomes[name] = outcome
  }
  return outcomes
}

async function trainVariant(project: string, name: string, config: LabConfig, { budget = 1, seed = 0, dir }: LessonOptions): Promise<Outcome> {
  let evaluated: Record<string, number> = {}
  const { run, metrics } = await trainLab(
    { project, name, seed, ...config, train: { ...config.train, epochs: (config.train?.epochs ?? 5) * budget } },
    {
      ...(await loadEngine()),
      ...(dir !== undefined && { dir }),
      onProgress(progress) {
        if (progress.type === 'evaluation') evaluated = progress.metrics
      },
    },
  )
  const last = (metric: string) => metrics[metric] ?? evaluated[metric] ?? Number.NaN
  return {
    run,
    trainLoss: last('train-eval/loss'),
    trainAccuracy: last('train-eval/accuracy'),
    valLoss: last('val/loss'),
    valAccuracy: last('val/accuracy'),
    testAccuracy: last('test/accuracy'),
  }
}

export function loss(value: number): string {
  return value.toFixed(3)
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function printRow(width: number, name: string, ...cells: string[]): void {
  console.log([name.padEnd(width), ...cells.map((cell) => cell.padStart(10))].join('  '))
}

/** Runs `main` when its file is the one that was started: `npx tsx optimizers.ts --seed 1 --budget 0.5 --dir lessons.db`. */
export async function runAsScript(moduleUrl: string, main: (options: LessonOptions) => Promise<unknown>): Promise<void> {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(moduleUrl)) return
  const { values } = parseArgs({ options: { budget: { type: 'string' }, seed: { type: 'string' }, dir: { type: 'string' } } })
  await main({ budget: Number(values.budget ?? 1), seed: Number(values.seed ?? 0), ...(values.dir !== undefined && { dir: values.dir }) })
}
