import { KINDS } from '../../../core/kinds/registry.ts'
import type { FindingSeverity } from '../../../core/kinds/values.ts'
import type { NewRecord } from '../../../db/store.ts'

const SEVERITIES: Record<string, FindingSeverity> = { info: 'info', warn: 'warning', warning: 'warning', error: 'critical', critical: 'critical' }
const LINE_MAX = 500

/** An alert of another tracker as a finding, as `alert` of our Python client logs it. */
export function alertRecord({ title, text, level }: { title: string; text: string; level: string }, step: number, wall: number): NewRecord {
  const code =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 80)
      .replace(/-+$/, '') || 'alert'
  const line = title.split(/\s+/).filter(Boolean).join(' ').slice(0, LINE_MAX) || 'alert'
  const value = { code, severity: SEVERITIES[level.toLowerCase()] ?? ('info' as const), title: line, detail: text, evidence: {} }
  return { name: `finding/${code}`, kind: 'finding', step, wall, payload: KINDS.finding.encode(KINDS.finding.check(value)).payload }
}
