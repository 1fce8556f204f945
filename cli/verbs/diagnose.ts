import type { Command } from 'commander'
import type { RoleMapping } from '../../core/diagnosis/roles/role.ts'
import { RULE_NAMES } from '../../core/diagnosis/rule-names.ts'
import { LossboardError } from '../../core/errors.ts'
import { checkRole } from '../../core/findings/check-role.ts'
import { ENGINE } from '../../core/findings/engine.ts'
import { compareSeverity } from '../../core/findings/findings-brief.ts'
import type { FindingSeverity } from '../../core/kinds/values.ts'
import { nearMatches } from '../../core/near-matches.ts'
import type { DiagnosedRun } from '../diagnosis/diagnosed-run.ts'
import { printJson } from '../json-output.ts'
import { progressBar } from '../progress-bar.ts'
import type { Verb } from './verb.ts'

interface Options {
  dir?: string
  project?: string
  rule?: string[]
  map?: string[]
  all?: boolean
  json?: boolean
}

/** Exit codes by the worst finding that is not muted. */
const EXIT = { info: 0, warning: 1, critical: 2 } as const
const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value]

export const diagnose: Verb = {
  name: 'diagnose',
  // 2 says that something critical was found.
  usageExit: 64,
  configure: (command: Command) =>
    command
      .argument('[targets...]', 'runs (name, #number or id), stores, or logs that can be imported; default: every run of the store')
      .description('Say what is wrong with runs: causes first, with evidence and what to try. Exit code 1: warnings, 2: something critical.')
      .option('-d, --dir <path>', 'store the runs are in (default: $LOSSBOARD_DIR, else ./lossboard.db)')
      .option('-p, --project <name>', 'of stores only the runs of this project')
      .option('--rule <code>', 'only this diagnosis, for example overfitting; may be given several times', collect)
      .option('--map <metric=role>', 'what a metric stands for, for example objective=val-loss; may be given several times', collect)
      .option('--all', 'also runs with nothing wrong, muted findings, and checks that lack data')
      .option('--json', 'print JSON: every run with its findings, their evidence, and the checks that could not be made')
      .action(run),
}

async function run(targets: string[], options: Options): Promise<void> {
  const said = readMapping(options.map ?? [])
  const rules = options.rule?.map(ruleCode)
  const [{ sourcesOf }, { diagnosedRun }, { runJson, runText, totalText, worstOf }, { asShown }] = await Promise.all([
    import('../diagnosis/sources.ts'),
    import('../diagnosis/diagnosed-run.ts'),
    import('../diagnosis/print-diagnosis.ts'),
    import('../../core/as-shown.ts'),
  ])
  const sources = await sourcesOf(targets, { dir: options.dir, project: options.project })
  const found: DiagnosedRun[] = []
  const bar = progressBar(
    'looking at runs',
    sources.reduce((sum, { runs }) => sum + runs.length, 0),
    'runs',
  )
  try {
    for (const { store, runs } of sources)
      for (const one of runs) {
        found.push(await diagnosedRun(store, asShown(one, Date.now()), said))
        bar.update(found.length)
      }
  } finally {
    bar.stop()
    for (const source of sources) await source.close()
  }
  checkRulesExist(rules ?? [], found)
  const shown = rules ? found.map((one) => onlyRules(one, rules)) : found
  shown.sort((a, b) => bySeverity(worstOf([a]), worstOf([b])) || b.run.startedAt - a.run.startedAt)
  if (options.json) printJson({ engine: ENGINE, severity: worstOf(shown), runs: shown.map(runJson) })
  else if (shown.length === 0) process.stdout.write('no runs to look at\n')
  else {
    const texts = shown.filter((one) => options.all || shown.length === 1 || one.findings.length > 0).map((one) => runText(one, options.all ?? false))
    process.stdout.write([...texts, totalText(shown)].join('\n'))
  }
  const worst = worstOf(shown)
  if (worst !== null && EXIT[worst] > 0) process.exitCode = EXIT[worst]
}

function bySeverity(a: FindingSeverity | null, b: FindingSeverity | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return compareSeverity(a, b)
}

function readMapping(pairs: readonly string[]): RoleMapping {
  return Object.fromEntries(
    pairs.map((pair) => {
      // A role has no "="; a metric may.
      const at = pair.lastIndexOf('=')
      if (at <= 0) throw new LossboardError('invalid_option', `--map takes METRIC=ROLE, for example --map objective=val-loss, got "${pair}"`)
      return [pair.slice(0, at), checkRole(pair.slice(0, at), pair.slice(at + 1))]
    }),
  )
}

/** `overfitting` or `D19`. */
function ruleCode(word: string): string {
  return Object.hasOwn(RULE_NAMES, word.toUpperCase()) ? RULE_NAMES[word.toUpperCase() as keyof typeof RULE_NAMES] : word.toLowerCase()
}

/** Training code may log findings of any code: one that nothing has and no rule makes is a slip. */
function checkRulesExist(rules: readonly string[], found: readonly DiagnosedRun[]): void {
  const codes = [...new Set([...Object.values(RULE_NAMES), ...found.flatMap(({ findings }) => findings.map(({ rule }) => rule))])] as string[]
  for (const rule of rules) {
    if (codes.includes(rule)) continue
    const near = nearMatches(rule, codes)
    throw new LossboardError(
      'invalid_option',
      `no diagnosis is called "${rule}": ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there is ${codes.join(', ')}`}`,
    )
  }
}

function onlyRules({ run, findings, report }: DiagnosedRun, rules: readonly string[]): DiagnosedRun {
  const wanted = <Line extends { rule: string }>(lines: readonly Line[]) => lines.filter(({ rule }) => rules.includes(rule))
  return {
    run,
    findings: wanted(findings),
    report: { ...report, waiting: wanted(report.waiting), notApplicable: wanted(report.notApplicable), clear: wanted(report.clear) },
  }
}
