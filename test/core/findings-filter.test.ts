import { expect, it } from 'vitest'
import { compileFilter } from '../../core/filter/compile-filter.ts'
import { completeFilter } from '../../core/filter/complete-filter.ts'
import { parseFilter } from '../../core/filter/parse-filter.ts'
import { findingsBrief } from '../../core/findings/findings-brief.ts'
import { muteOf } from '../../core/findings/muted.ts'
import type { FindingMute } from '../../core/findings/run-finding.ts'
import { groupRows } from '../../core/run-fields/group-rows.ts'
import { sortRows } from '../../core/run-fields/sort-rows.ts'
import { makeRow, VOCABULARY } from './run-rows.ts'

const found = (rule: string, severity: 'critical' | 'warning' | 'info', muted = false) => ({ rule, title: rule, severity, muted })
const ROWS = [
  makeRow({ name: 'plain', number: 1, findings: findingsBrief([]) }),
  makeRow({ name: 'over', number: 2, findings: findingsBrief([found('plateau', 'info'), found('overfitting', 'warning')]) }),
  makeRow({ name: 'nan', number: 3, findings: findingsBrief([found('non-finite', 'critical'), found('plateau', 'info')]) }),
  makeRow({ name: 'muted', number: 4, findings: findingsBrief([found('non-finite', 'critical', true)]) }),
  makeRow({ name: 'unseen', number: 5 }),
]

function names(text: string): string[] {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  const compiled = compileFilter(parsed.filter, VOCABULARY)
  expect(compiled.problems).toEqual([])
  return ROWS.filter((row) => compiled.matches(row, 0)).map((row) => row.run.name)
}

it.each([
  ['finding:overfitting', ['over']],
  ['findings:plateau', ['over', 'nan']],
  ['finding:non-*', ['nan']],
  ['severity >= warning', ['over', 'nan']],
  ['finding.severity > warning', ['nan']],
  ['severity:none', ['plain', 'muted']],
  ['severity != critical', ['plain', 'over', 'muted']],
  ['not severity >= info', ['plain', 'muted', 'unseen']],
  ['severity:critical,warning and not finding:overfitting', ['nan']],
])('%s finds the runs with that wrong', (filter, expected) => {
  expect(names(filter)).toEqual(expected)
})

it('says what severities there are, and suggests them', () => {
  const parsed = parseFilter('severity > bad')
  expect(parsed.ok && compileFilter(parsed.filter, VOCABULARY).problems[0]?.message).toBe(
    'severity is one of none, info, warning, critical, got "bad"',
  )
  const source = { configKeys: [], metrics: [], values: (field: string) => (field === 'severity' ? ['none', 'critical'] : []) }
  expect(completeFilter('severity >= c', 13, source).suggestions.map(({ label }) => label)).toEqual(['critical'])
})

it('sorts and groups by how bad it is, runs nobody looked at last', () => {
  const sorted = (name: 'finding' | 'severity') => sortRows(ROWS, [{ field: { kind: 'run', name }, descending: true }], 0).map((row) => row.run.name)
  expect(sorted('finding')).toEqual(['nan', 'over', 'plain', 'muted', 'unseen'])
  expect(sorted('severity')).toEqual(sorted('finding'))
  const field = { kind: 'run', name: 'severity' } as const
  expect(groupRows(ROWS, field, [{ field, descending: false }], 0).map((group) => group.value)).toEqual(['none', 'warning', 'critical', undefined])
})

it('a mute covers its run or project, and a finding about layers only while it names no others', () => {
  const mute = (fields: Partial<FindingMute>): FindingMute => ({
    id: 'm',
    project: 'p',
    runId: null,
    rule: 'dead-units',
    subjects: null,
    reason: 'r',
    at: 1,
    ...fields,
  })
  const finding = { rule: 'dead-units', subjects: ['conv1'] }
  const run = { id: 'a', project: 'p' }
  expect(muteOf(finding, run, [mute({})])).not.toBeNull()
  expect(muteOf(finding, run, [mute({ project: 'q' })])).toBeNull()
  expect(muteOf(finding, run, [mute({ runId: 'b' })])).toBeNull()
  expect(muteOf(finding, run, [mute({ rule: 'plateau' })])).toBeNull()
  expect(muteOf(finding, run, [mute({ runId: 'a', subjects: ['conv1', 'conv2'] })])).not.toBeNull()
  expect(muteOf({ ...finding, subjects: ['conv1', 'conv3'] }, run, [mute({ subjects: ['conv1', 'conv2'] })])).toBeNull()
  expect(muteOf(finding, run, [mute({ id: 'old' }), mute({ id: 'new', at: 2 })])?.id).toBe('new')
})
