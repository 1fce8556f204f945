import type { Json } from '../run.ts'
import { splitPath } from './config-path.ts'

const OFF_WORDS = new Set(['none', 'off', 'no', 'identity', 'disabled', 'null', 'false', ''])
/** Settings whose 0 means that the part they belong to is not there. A learning rate is no such setting. */
const STRENGTH =
  /(weight|dropout|drop_?path|decay|lambda|alpha|beta|gamma|coef|penalty|smoothing|mixup|cutmix|cutout|shift|crop|rotation|noise|jitter|momentum|warm_?up|prob|std|rate|strength|scale|l1|l2)/i
const LEARNING_RATE = /(^|_)lr$|learning_?rate/i

/** Whether a value at this path says that a component is not there. */
export function isOff(path: string, value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false) return true
  if (typeof value === 'string') return OFF_WORDS.has(value.trim().toLowerCase())
  if (Array.isArray(value)) return value.length === 0
  if (value === 0) {
    const name = splitPath(path).at(-1) ?? ''
    return STRENGTH.test(name) && !LEARNING_RATE.test(name)
  }
  return typeof value === 'object' && Object.keys(value).length === 0
}
