/**
 * How good the diagnosis is, on runs that are really trained into every fault and into health (`test/diagnosis`), and what it costs. Figures of
 * quality are those of the seeds that no rule was tuned on. A published rule is held against the diagnosis it aims at.
 */
import { Diagnosis } from '../core/diagnosis/diagnosis.ts'
import { RULE_BY_ID } from '../core/diagnosis/registry.ts'
import type { RuleId } from '../core/diagnosis/rule-names.ts'
import { isHeldOut } from '../test/diagnosis/generator/generated-run.ts'
import { type RuleScore, type Said, saidOf, score } from '../test/diagnosis/quality/scores.ts'
import { parseLabConfig } from '../trainer/lab/config/parse-lab-config.ts'
import { makeSession } from '../trainer/lab/training/lab-session.ts'
import { trainStep } from '../trainer/lab/training/training-step.ts'
import { loadTf } from '../trainer/tfjs/index.ts'
import { AUTOTRAINER } from './diagnosis/autotrainer.ts'
import type { PublishedRule } from './diagnosis/published-rule.ts'
import { allRuns } from './diagnosis/runs.ts'
import { SAGEMAKER } from './diagnosis/sagemaker.ts'
import { UMLAUT } from './diagnosis/umlaut.ts'
import type { Benchmark, Row } from './row.ts'
import { median } from './temp-folder.ts'

const TOOLS = { 'SageMaker Debugger': SAGEMAKER, UMLAUT, AutoTrainer: AUTOTRAINER }
const RECALL = 0.9
const FALSE_ALARMS = 0.05

async function quality(): Promise<Row[]> {
  const runs = await allRuns()
  const judged = runs.filter((run) => run.shown && isHeldOut(run))
  const ours = score(judged.map(saidOf))
  const healthy = judged.filter(({ kind }) => kind === 'healthy')
  const perHealthy = (rules: readonly PublishedRule[]) =>
    healthy.reduce((sum, { log }) => sum + rules.filter((rule) => rule.fires(log)).length, 0) / healthy.length
  const rows: Row[] = Object.entries(TOOLS).map(([tool, rules]) => ({
    what: `warnings and criticals per healthy run (${healthy.length} runs)`,
    value: ours.falseAlarms,
    unit: '',
    against: `${tool}'s defaults`,
    rival: perHealthy(rules),
    better: 'lower',
    target: FALSE_ALARMS,
  }))
  rows.push({
    what: 'the same, with those taken back before the end',
    value: ours.falseAlarmsOnTheWay,
    unit: '',
    against: 'limit',
    rival: FALSE_ALARMS,
    better: 'lower',
  })
  for (const rule of ours.rules) rows.push(...ruleRows(rule, judged, healthy))
  return rows
}

function ruleRows(rule: RuleScore, judged: readonly Said['run'][], healthy: readonly Said['run'][]): Row[] {
  const title = `${rule.rule} ${RULE_BY_ID[rule.rule]?.title ?? ''}`
  const rival = bestPublished(rule.rule, judged, healthy)
  return [
    {
      what: `${title}: recall (${rule.ill} runs)`,
      value: rule.recall,
      unit: '',
      against: rival.name,
      rival: rival.recall,
      better: 'higher',
      target: RECALL,
    },
    { what: `${title}: precision (fired ${rule.fired} times)`, value: rule.precision, unit: '', against: 'all right', rival: 1, better: 'higher' },
    {
      what: `${title}: median step of detection`,
      value: rule.steps,
      unit: '',
      against: 'median length of these runs',
      rival: lengthOf(rule.rule, judged),
      better: 'lower',
    },
    ...(rule.falseAlarms + rival.alarms > 0
      ? [
          {
            what: `${title}: alarms per healthy run`,
            value: rule.falseAlarms,
            unit: '',
            against: rival.name,
            rival: rival.alarms,
            better: 'lower' as const,
          },
        ]
      : []),
  ]
}

/** The published rule that finds most of these runs. */
function bestPublished(
  id: RuleId,
  judged: readonly Said['run'][],
  healthy: readonly Said['run'][],
): { name: string; recall: number; alarms: number } {
  const ill = judged.filter(({ kind }) => kind === id)
  const share = (rule: PublishedRule, runs: readonly Said['run'][]) => runs.filter(({ log }) => rule.fires(log)).length / runs.length
  return Object.values(TOOLS)
    .flat()
    .filter(({ aims }) => aims.includes(id))
    .map((rule) => ({ name: `${rule.tool}: ${rule.name}`, recall: share(rule, ill), alarms: share(rule, healthy) }))
    .reduce((best, one) => (one.recall > best.recall ? one : best), { name: 'no published rule', recall: 0, alarms: 0 })
}

function lengthOf(id: RuleId, judged: readonly Said['run'][]): number {
  return median(
    judged.filter(({ kind }) => kind === id).map(({ log }) => Math.max(...Object.values(log.series).map(({ step }) => step.at(-1) ?? 0)) + 1),
  )
}

function spentSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

const POINTS = 1e6
const SERIES = ['train/loss', 'train/accuracy', 'lr', 'gradient-norm/global']
/** One metric a step for most, as a run logs them. */
const made = SERIES.map((name, series) => {
  const n = POINTS / SERIES.length
  const steps = Float64Array.from({ length: n }, (_, step) => step)
  const values = Float64Array.from(steps, (step) =>
    series === 0 ? 2.3 * Math.exp(-step / 5e4) + 0.1 * Math.sin(step * 12.9898) ** 2 : 0.5 + 0.1 * Math.sin(step * 78.233),
  )
  return { name, steps, values }
})

function finishedRun(): Row {
  // CPU time: wall time mostly measures what else the machine does.
  const times = Array.from({ length: 15 }, () => {
    const start = process.cpuUsage()
    const diagnosis = new Diagnosis()
    for (const { name, steps, values } of made) diagnosis.add(name, steps, values)
    diagnosis.results()
    return spentSince(start)
  })
  return {
    what: 'diagnosis of a finished run of 1e6 points',
    value: median(times.slice(2)),
    unit: 'ms',
    against: 'limit',
    rival: 20,
    better: 'lower',
    target: 20,
  }
}

const STEPS = 4000
/** The rules are asked this often while a run goes on. */
const ASKED_EVERY = 50

/** Points as a run of the lab logs them, one by one. */
function incremental(): { perPoint: number; perStep: number; points: number } {
  const diagnosis = new Diagnosis({ facts: { classes: 10 } })
  const layers = ['hidden1', 'hidden2', 'output']
  const one = (name: string, step: number, value: number) => diagnosis.add(name, [step], [value], [step])
  let points = 0
  const start = process.cpuUsage()
  for (let step = 0; step < STEPS; step++) {
    for (const { name, values } of made) one(name, step, values[step] as number)
    points += made.length
    if (step % 10 === 0)
      for (const layer of layers) {
        one(`update-ratio/${layer}`, step, 1e-3)
        one(`gradient-norm/${layer}`, step, 0.1 + 0.01 * Math.sin(step))
        points += 2
      }
    if (step % ASKED_EVERY === 0) diagnosis.results()
  }
  const spent = spentSince(start)
  return { perPoint: (spent / points) * 1e6, perStep: spent / STEPS, points: points / STEPS }
}

async function cost(): Promise<Row[]> {
  const { tf } = await loadTf({ prefer: 'wasm' })
  const config = parseLabConfig({ data: { kind: 'mnist', limit: { train: 5000, test: 100 } }, model: { kind: 'mlp', hidden: [256, 128] } }, 'bench')
  const session = await makeSession(tf, config)
  const times: number[] = []
  for (let step = 0; step < 60; step++) {
    const start = process.cpuUsage()
    await trainStep(session, step, false)
    times.push(spentSince(start))
  }
  session.dispose()
  const step = median(times.slice(10))
  incremental()
  const { perPoint, perStep, points } = incremental()
  return [
    finishedRun(),
    {
      what: 'diagnosis of a step while it trains',
      value: perStep,
      unit: 'ms',
      against: '1 % of a step of an MLP of 235,000 weights',
      rival: step / 100,
      better: 'lower',
      target: step / 100,
    },
    {
      what: 'the same, per point',
      value: perPoint,
      unit: 'ns',
      against: '1 % of that step, shared among its points',
      rival: (step / 100 / points) * 1e6,
      better: 'lower',
    },
  ]
}

export const diagnosisCost: Benchmark = { id: 'diagnosis-cost', title: 'Cost of the diagnosis', run: cost }
export const diagnosisQuality: Benchmark = {
  id: 'diagnosis',
  title: 'Quality of the diagnosis',
  slow: true,
  run: async () => [...(await quality()), ...(await cost())],
}
