import { Diagnosis } from '../../../core/diagnosis/diagnosis.ts'
import { factsOfRun } from '../../../core/diagnosis/facts/facts-of-run.ts'
import type { Finding } from '../../../core/diagnosis/rule.ts'
import { KINDS, type KindName } from '../../../core/kinds/registry.ts'
import type { RunLog } from '../generator/memory-run.ts'

export interface Diagnosed {
  /** What is said of the run as it is now. */
  findings: Finding[]
  /** By rule: up to which step a run had to be logged until the rule first fired, with its severity then. */
  first: Map<string, { step: number; severity: Finding['severity'] }>
  /** Rules that warned at any of the places they were asked at, even if they took it back. */
  warned: Set<string>
}

/** Diagnoses a run as its points came in: the rules are asked at so many places of the run, and at its end. */
export function diagnoseLive(log: RunLog, places = 40): Diagnosed {
  const diagnosis = started(log)
  const last = Math.max(0, ...Object.values(log.series).map(({ step }) => step.at(-1) ?? 0))
  const fed = new Map<string, number>()
  let records = 0
  const inOrder = [...log.records].sort((a, b) => a.step - b.step)
  const first: Diagnosed['first'] = new Map()
  const warned = new Set<string>()
  let findings: Finding[] = []
  for (let place = 1; place <= places; place++) {
    const until = place === places ? last : Math.floor((last * place) / places)
    for (const [name, { step, value, wall }] of Object.entries(log.series)) {
      const from = fed.get(name) ?? 0
      let to = from
      while (to < step.length && (step[to] as number) <= until) to++
      fed.set(name, to)
      diagnosis.add(name, step.slice(from, to), value.slice(from, to), wall.slice(from, to))
    }
    for (; records < inOrder.length && (inOrder[records]?.step as number) <= until; records++)
      addRecord(diagnosis, inOrder[records] as RunLog['records'][number])
    if (place === places) {
      diagnosis.now(log.now)
      diagnosis.setFacts({ state: log.status === 'running' ? 'running' : 'ended' })
    }
    findings = diagnosis.results().findings
    for (const { rule, severity } of findings) {
      if (!first.has(rule)) first.set(rule, { step: until, severity })
      if (severity !== 'info') warned.add(rule)
    }
  }
  return { findings, first, warned }
}

/** Settings are not given: a rule that guessed from them would be judged too well. Only what states the size of the problem is. */
function started({ config, summary, links }: RunLog): Diagnosis {
  const facts = factsOfRun({ config, summary })
  return new Diagnosis({
    facts: { ...facts, ...(links.includes('checkpoint') && { pretrained: true }), state: 'running' },
  })
}

function addRecord(diagnosis: Diagnosis, { kind, name, step, payload }: RunLog['records'][number]): void {
  diagnosis.addRecord(kind, name, step, KINDS[kind as KindName].decode(payload))
}
