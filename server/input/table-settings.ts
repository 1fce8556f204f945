import { z } from 'zod'
import { STUDY_COLUMNS, type TableSettings } from '../../core/ablation/table-settings.ts'
import { metricName } from './names.ts'

const key = z.string().max(1000, 'must be at most 1000 characters')
const keys = z.array(key).max(10_000, 'at most 10000 rows')
const text = z.string().max(10_000, 'must be at most 10000 characters')

const fields = {
  rows: keys,
  hiddenRows: keys,
  labels: z.record(key, z.string().max(1000, 'must be at most 1000 characters')),
  groups: z.array(z.strictObject({ title: z.string().max(1000, 'must be at most 1000 characters'), rows: keys })).max(1000, 'at most 1000 groups'),
  form: z.enum(['without', 'components']),
  baselinePosition: z.enum(['first', 'last']),
  shadeBaseline: z.boolean(),
  metrics: z.array(metricName).max(500, 'at most 500 metrics'),
  columns: z.array(z.enum(STUDY_COLUMNS)).max(STUDY_COLUMNS.length, 'each column at most once'),
  spread: z.enum(['sd', 'se', 'ci', 'bootstrap', 'min-max', 'none']),
  uncertaintyFigures: z.union([z.literal(1), z.literal(2)]),
  boldBest: z.boolean(),
  underlineSecond: z.boolean(),
  alpha: z.number().gt(0, 'must be above 0').lt(0.5, 'must be below 0.5'),
  test: z.enum(['auto', 'paired-t', 'welch', 'wilcoxon', 'sign-flip', 'none']),
  correction: z.enum(['holm', 'bh', 'none']),
  compareTo: z.enum(['auto', 'baseline', 'previous']),
  significanceMarks: z.enum(['none', 'dagger', 'stars']),
  equivalenceMargins: z.record(metricName, z.number().gt(0, 'must be above 0')),
  caption: text.nullable(),
  label: z.string().max(200, 'must be at most 200 characters').nullable(),
  footnotes: z.array(text).max(100, 'at most 100 footnotes'),
} satisfies Record<keyof TableSettings, z.ZodType>

export const tableSettings = z.strictObject(fields)

/** Overrides of saved settings: any of the fields. */
export const partialTableSettings = tableSettings.partial()
