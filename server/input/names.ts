import { z } from 'zod'
import { METRIC_NAME_MAX } from '../../core/metric-name.ts'

/** Reading an unknown name is not an error of form, so only the length is checked: the store answers with nothing found. */
export const metricName = z.string().min(1, 'is empty').max(METRIC_NAME_MAX, `must be at most ${METRIC_NAME_MAX} characters`)

/** A run's id. */
export const runId = z.string().min(1, 'is empty').max(64, 'must be at most 64 characters')

/** Id, name or #number, as in an address typed by a person. */
export const runReference = z.string().min(1, 'is empty').max(300, 'must be at most 300 characters')
