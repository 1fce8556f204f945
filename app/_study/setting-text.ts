import type { Json } from '../../core/run.ts'

/** A config setting in one short line; undefined: it is not there. */
export function settingText(value: Json | undefined): string {
  if (value === undefined) return 'not set'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
