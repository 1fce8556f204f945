import { naturalCompare } from '../metric-groups.ts'
import { oneOfEachRole, type TakenSeries } from './one-of-each-role.ts'
import type { LayerRole, RunRole } from './roles/role.ts'
import type { RunFacts } from './run-facts.ts'
import { readSchedule, type Schedule } from './schedule.ts'
import type { Curve } from './series/curve.ts'
import { rescaled } from './series/rescaled.ts'
import type { SeriesSketch } from './series/series-sketch.ts'

/** A series under the role it has. Accuracies are shares of 1, whatever was logged; `sketch` holds the values as logged. */
export interface RoleSeries {
  name: string
  layer: string | null
  curve: Curve
  sketch: SeriesSketch
}

/** An accuracy above this is logged in percent; more than 1 by rounding is none. */
const PERCENT = 1.5

/** What the rules see of a run: its series by role, its facts, its schedule. Made anew for each verdict; cheap. */
export class RunView {
  readonly firstStep: number
  readonly lastStep: number
  readonly #taken: readonly TakenSeries[]
  readonly #byRole = new Map<string, RoleSeries>()
  readonly #layers = new Map<string, RoleSeries[]>()
  #schedule: Schedule | null = null

  constructor(
    taken: Iterable<TakenSeries>,
    readonly facts: RunFacts,
    /** The time, milliseconds since 1970; null when nobody said it, and then nothing can be late. */
    readonly now: number | null,
  ) {
    const all = [...taken].filter(({ sketch }) => sketch.points + sketch.nonFinite.points > 0)
    this.#taken = all
    const percent = all.some(({ assignment, sketch }) => assignment.role.endsWith('accuracy') && largest(sketch.curve) > PERCENT)
    for (const { name, assignment, sketch } of oneOfEachRole(all)) {
      const { role, layer, scale } = assignment
      const curve = role.endsWith('accuracy') ? rescaled(sketch.curve, percent ? 0.01 : 1, scale === 'complement') : sketch.curve
      const series = { name, layer, curve, sketch }
      if (layer === null) this.#byRole.set(role, series)
      else this.#layers.set(role, [...(this.#layers.get(role) ?? []), series])
    }
    for (const list of this.#layers.values()) list.sort((a, b) => naturalCompare(a.layer ?? '', b.layer ?? ''))
    const steps = all.filter(({ sketch }) => sketch.curve.n > 0)
    this.firstStep = Math.min(...steps.map(({ sketch }) => sketch.curve.firstStep))
    this.lastStep = Math.max(...all.map(({ sketch }) => sketch.lastStep))
  }

  /** The series with the first of these roles that has one. */
  series(...roles: RunRole[]): RoleSeries | null {
    for (const role of roles) {
      const found = this.#byRole.get(role)
      if (found) return found
    }
    return null
  }

  /** One series per layer, in natural order of the layers' names. */
  layers(role: LayerRole): readonly RoleSeries[] {
    return this.#layers.get(role) ?? []
  }

  /** Loss that is trained on: of the batches, else the means of the epochs. */
  get trainLoss(): RoleSeries | null {
    return this.series('train-loss', 'train-epoch-loss')
  }

  /** Held-out loss during training. Many call their validation split test; a test that was made once is none. */
  get valLoss(): RoleSeries | null {
    return this.series('val-loss') ?? repeated(this.series('test-loss'))
  }

  get valAccuracy(): RoleSeries | null {
    return this.series('val-accuracy') ?? repeated(this.series('test-accuracy'))
  }

  /** How many examples a validation accuracy is measured on: as said, else as its smallest change tells. */
  get validationExamples(): number | undefined {
    return this.facts.validationExamples ?? examplesOf(this.valAccuracy)
  }

  get schedule(): Schedule {
    this.#schedule ??= readSchedule(this.series('learning-rate')?.curve ?? null, this.firstStep)
    return this.#schedule
  }

  /** When the last point of any series was logged, and the longest time between two of one; milliseconds, NaN without times. */
  get pace(): { lastWall: number; longestGap: number } {
    const known = this.#taken.filter(({ sketch }) => Number.isFinite(sketch.lastWall))
    const train = this.trainLoss?.sketch
    return { lastWall: known.length > 0 ? Math.max(...known.map(({ sketch }) => sketch.lastWall)) : Number.NaN, longestGap: train?.longestGap || 0 }
  }

  /** Steps from the first point to the last. */
  get span(): number {
    return Math.max(0, this.lastStep - this.firstStep)
  }

  /** Whether a point is an epoch: training and validation were logged equally often, as Keras' history is. */
  get perEpoch(): boolean {
    const train = this.trainLoss ?? this.series('train-accuracy', 'train-epoch-accuracy')
    if (train === null) return true
    if (this.series('train-loss') === null && this.series('train-epoch-loss') !== null) return true
    const val = this.valLoss ?? this.valAccuracy
    return val !== null && train.curve.points <= 2000 && val.curve.points >= 0.8 * train.curve.points
  }

  get stepsPerEpoch(): number | null {
    if (this.facts.stepsPerEpoch !== undefined) return this.facts.stepsPerEpoch
    const epoch = this.series('epoch')?.curve
    if (!epoch || epoch.n < 2) return null
    const epochs = epoch.value[epoch.n - 1]! - epoch.value[0]!
    return epochs > 0 ? epoch.span / epochs : null
  }
}

function repeated(series: RoleSeries | null): RoleSeries | null {
  return series !== null && series.curve.points >= 3 ? series : null
}

function largest({ n, max }: Curve): number {
  let found = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n; i++) if (max[i]! > found) found = max[i]!
  return found
}

const FEWEST_CHANGES = 4

/** An accuracy over n examples changes by 1/n at least. Undefined where too few changes are known; then the usual size is assumed. */
function examplesOf(accuracy: RoleSeries | null): number | undefined {
  const values = [...new Set(accuracy?.curve.value)].sort((a, b) => a - b)
  if (accuracy === null || accuracy.curve.count.some((count) => count > 1) || values.length <= FEWEST_CHANGES) return undefined
  let least = 1
  for (let i = 1; i < values.length; i++) least = Math.min(least, values[i]! - values[i - 1]!)
  return Math.max(1, Math.round(1 / least))
}
