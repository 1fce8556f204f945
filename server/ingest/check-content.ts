import { describe } from '../../core/describe.ts'
import { LossboardError } from '../../core/errors.ts'
import type { FlushBatch, NewRecord, PointBatch, RunPatch } from '../../core/flush-batch.ts'
import { KINDS, recordKind } from '../../core/kinds/registry.ts'
import { checkMetricName } from '../../core/metric-name.ts'
import { nearMatches } from '../../core/near-matches.ts'
import { checkDepth, wrongStep } from './check-body.ts'
import { checkEnvironment } from './check-environment.ts'
import type { IngestLimits } from './limits.ts'

/**
 * What a well-formed batch must be besides, in whichever form it came: nothing a page would choke on later is stored.
 * Throws `too_large`, `invalid_step`, `invalid_value`, `invalid_metric_name`, naming the place.
 */
export function checkContent({ points, records, links, patch }: FlushBatch, limits: IngestLimits): void {
  if (points) checkPoints(points, limits)
  atMost('records', records?.length, limits.records)
  for (const [index, record] of (records ?? []).entries()) checkRecord(record, `records[${index}]`)
  for (const [index, link] of (links ?? []).entries()) checkDepth(link.detail, `links[${index}].detail`)
  if (patch) checkPatch(patch, 'patch')
}

export function checkPatch(patch: RunPatch, path: string): void {
  if (patch.name !== undefined && patch.name.trim() === '') throw new LossboardError('invalid_value', `${path}.name is empty: a run needs a name`)
  checkDepth(patch.config, `${path}.config`)
  checkDepth(patch.summary, `${path}.summary`)
  checkDepth(patch.mergeConfig, `${path}.mergeConfig`)
  checkDepth(patch.mergeSummary, `${path}.mergeSummary`)
  if (patch.environment !== undefined) checkEnvironment(patch.environment, `${path}.environment`)
}

function checkPoints({ names, series, step, wall }: PointBatch, limits: IngestLimits): void {
  atMost('points', step.length, limits.points)
  atMost('names', names.length, limits.names)
  for (const name of names) checkMetricName(name)
  const seen = new Set(names)
  if (seen.size !== names.length) {
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    throw new LossboardError('invalid_value', `points.names has "${twice}" twice: each metric once, points refer to it by its index`)
  }
  for (let i = 0; i < step.length; i++) {
    if (series[i]! >= names.length)
      throw new LossboardError('invalid_value', `points.series[${i}] is ${series[i]}, and there are ${names.length} names`)
    if (!Number.isSafeInteger(step[i])) throw wrongStep(`points.step[${i}]`, step[i])
    if (!Number.isFinite(wall[i]))
      throw new LossboardError('invalid_value', `points.wall[${i}] must be a time in ms since 1970, got ${describe(wall[i])}`)
  }
}

function checkRecord({ name, kind, step, payload }: NewRecord, path: string): void {
  checkMetricName(name)
  if (!Number.isSafeInteger(step)) throw wrongStep(`${path}.step`, step)
  checkDepth(payload, `${path}.payload`)
  const known = recordKind(kind)
  if (!known) {
    const [nearest] = nearMatches(kind, Object.keys(KINDS), 1)
    throw new LossboardError(
      'invalid_value',
      `${path}.kind "${kind.slice(0, 80)}" is unknown: ${nearest ? `did you mean "${nearest}"?` : `there is ${Object.keys(KINDS).join(', ')}`}`,
    )
  }
  try {
    known.decode(payload)
  } catch (error) {
    throw new LossboardError('invalid_value', `${path}.payload: ${error instanceof Error ? error.message : error}`)
  }
}

function atMost(what: string, count = 0, limit: number): void {
  if (count > limit)
    throw new LossboardError('too_large', `${count} ${what} in one batch, at most ${limit}: send smaller batches`, { facts: { limit } })
}
