/** `lossboard/store`: read what runs logged from a program of your own. docs/api.md shows how. */
export type { ChartColumns, ChartRequest, Smoothing, XAxis } from '../core/chart.ts'
export { type ErrorCode, isLossboardError, LossboardError } from '../core/errors.ts'
export type { Attempt, Goal, Json, JsonObject, MetricRule, Run, RunEnvironment, RunStatus, SeriesSummary } from '../core/run.ts'
export { type OpenOptions, openStore } from './open.ts'
export type {
  Changes,
  MetricColumn,
  Overview,
  ProjectInfo,
  RecordKey,
  RecordQuery,
  RunFilter,
  SeriesPoints,
  Store,
  StoredRecord,
  StoreInfo,
} from './store.ts'
