import { naturalCompare } from '../metric-groups.ts'
import type { Assignment, Role } from './roles/role.ts'
import type { SeriesSketch } from './series/series-sketch.ts'

/** A series that means something, with what it was taken for by its name. */
export interface TakenSeries {
  name: string
  assignment: Assignment
  sketch: SeriesSketch
}

/** A series with fewer points than this share of the fullest of its role was logged once or twice beside it. */
const FULL = 0.1
/** How far two counts of points may differ that belong to the same evaluations. */
const ALIKE = 0.2

/** One series for each role and layer. Names are read together here: what one means can depend on which others there are. */
export function oneOfEachRole(all: readonly TakenSeries[]): TakenSeries[] {
  return [...byRoleAndLayer(bareAccuracy(separateEpochMeans(all)))].map(choose)
}

/** Times as many points that batches have at least than epochs. */
const BATCHES = 3

/**
 * Two training losses of which one was logged as often as the validation loss and the other far more often: that one is of the batches,
 * whatever the names say, and the other goes with the validation.
 */
function separateEpochMeans(all: readonly TakenSeries[]): TakenSeries[] {
  const points = ({ sketch }: TakenSeries) => sketch.points
  const of = (role: string) => all.filter(({ assignment }) => assignment.role === role)
  const validations = Math.max(0, ...of('val-loss').map(points))
  const losses = of('train-loss')
  const densest = Math.max(0, ...losses.map(points))
  if (validations < 2 || losses.length < 2 || densest < BATCHES * validations || of('train-epoch-loss').length > 0) return [...all]
  return all.map((one) =>
    one.assignment.role === 'train-loss' && points(one) <= 1.2 * validations && points(one) >= 0.8 * validations && densest >= BATCHES * points(one)
      ? { ...one, assignment: { ...one.assignment, role: 'train-epoch-loss' } }
      : one,
  )
}

/**
 * An accuracy without a split beside a validation loss, where no other is named for validation: fastai and others log only that of the
 * validation split, and call it `accuracy`.
 */
function bareAccuracy(all: readonly TakenSeries[]): TakenSeries[] {
  const of = (role: Role) => all.filter(({ assignment }) => assignment.role === role)
  const [loss] = of('val-loss')
  const [accuracy, ...more] = of('train-accuracy')
  if (!loss || !accuracy || more.length > 0 || of('val-accuracy').length + of('test-accuracy').length > 0 || /train/i.test(accuracy.name))
    return [...all]
  if (Math.abs(accuracy.sketch.points - loss.sketch.points) > ALIKE * loss.sketch.points) return [...all]
  return all.map((one) => (one === accuracy ? { ...one, assignment: { ...one.assignment, role: 'val-accuracy' } } : one))
}

function byRoleAndLayer(all: readonly TakenSeries[]): Iterable<TakenSeries[]> {
  const found = new Map<string, TakenSeries[]>()
  for (const one of all) {
    const key = `${one.assignment.role}\n${one.assignment.layer ?? ''}`
    const there = found.get(key)
    if (there) there.push(one)
    else found.set(key, [one])
  }
  return found.values()
}

function choose(candidates: readonly TakenSeries[]): TakenSeries {
  const points = ({ sketch }: TakenSeries) => sketch.points + sketch.nonFinite.points
  const fullest = Math.max(...candidates.map(points))
  const full = candidates.filter((one) => points(one) >= FULL * fullest)
  return full.sort((a, b) => a.assignment.rank - b.assignment.rank || naturalCompare(a.name, b.name))[0]!
}
