/**
 * `LOSSBOARD_DIAGNOSIS_RUNS=FOLDER npx tsx scripts/diagnosis-docs.ts`: the pictures, thresholds and measured figures of docs/diagnosis, made again from
 * generated runs: those kept in the folder, or trained first when it holds none (an hour).
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DARK_LOOK, LIGHT_LOOK } from '../app/_charts/look.ts'
import { renderSvg } from '../app/_charts/render-svg.ts'
import { scalarKind } from '../app/_charts/scalar/kind.ts'
import { allRuns } from '../bench/diagnosis/runs.ts'
import { RULES } from '../core/diagnosis/registry.ts'
import type { Finding, Rule } from '../core/diagnosis/rule.ts'
import { isHeldOut } from '../test/diagnosis/generator/generated-run.ts'
import { type RuleScore, type Scores, saidOf, score } from '../test/diagnosis/quality/scores.ts'
import { factsOf, filled, measuredText, thresholdsOf, thresholdTable } from './diagnosis/blocks.ts'
import { chartOfRun } from './diagnosis/chart-of-run.ts'
import { DIAGNOSIS_FIGURES } from './diagnosis/figures.ts'
import { ROOT } from './paths.ts'

const PAGES = join(ROOT, 'docs/diagnosis')
const OUT = join(ROOT, 'docs/images/diagnosis')
const SIZE = { width: 640, height: 260 }
const LOOKS = { light: LIGHT_LOOK, dark: DARK_LOOK }

const runs = await allRuns()
const shown = runs.filter((run) => run.shown)
const judged = shown.map(saidOf)
const scores = score(judged.filter(({ run }) => isHeldOut(run)))
await mkdir(OUT, { recursive: true })
for (const rule of RULES) await writePage(rule)
await writeIndex(scores)

async function writePage(rule: Rule): Promise<void> {
  const path = join(PAGES, `${rule.code}.md`)
  const findings = judged.flatMap(({ rules }) => rules.filter((one) => one.rule === rule.id))
  let page = (await readFile(path, 'utf8')).replace(/^# .*$/m, `# ${rule.title}`)
  page = filled(page, 'facts', factsOf(rule))
  page = filled(page, 'picture', await picture(rule))
  page = filled(page, 'thresholds', thresholdTable(thresholdsOf(findings)))
  page = filled(page, 'measured', measuredText(scoreOf(rule), scores.healthy))
  await writeFile(path, page)
}

function scoreOf({ id }: Rule): RuleScore {
  return scores.rules.find(({ rule }) => rule === id) as RuleScore
}

/** The first run of the recipe in which the rule fires. */
async function picture(rule: Rule): Promise<string> {
  const figure = DIAGNOSIS_FIGURES[rule.id]
  const chosen = judged
    .filter(({ run, rules }) => run.kind === rule.id && rules.some((one) => one.rule === rule.id))
    .sort((a, b) => Number(b.run.recipe === figure.recipe) - Number(a.run.recipe === figure.recipe) || a.run.seed - b.run.seed)[0]
  if (!chosen) return 'No picture yet.'
  const finding = chosen.rules.find((one) => one.rule === rule.id) as Finding
  const data = chartOfRun(figure, chosen.run.log, finding)
  for (const [theme, look] of Object.entries(LOOKS))
    await writeFile(join(OUT, `${rule.code}-${theme}.svg`), renderSvg(scalarKind, data, { ...look, selfContained: true }, SIZE))
  const address = (theme: string) => `../images/diagnosis/${rule.code}-${theme}.svg`
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${address('dark')}">`,
    `  <img src="${address('light')}" alt="${figure.title} of a run with this fault" width="${SIZE.width}">`,
    '</picture>',
    '',
    `A run of the recipe \`${chosen.run.recipe}\`, seed ${chosen.run.seed}. What was said of it: ${finding.says}`,
  ].join('\n')
}

async function writeIndex({ healthy, falseAlarms, falseAlarmsOnTheWay, alarmed, rules }: Scores): Promise<void> {
  const path = join(PAGES, 'README.md')
  const percent = (share: number) => (Number.isFinite(share) ? `${Math.round(100 * share)} %` : '–')
  const rows = RULES.map((rule) => {
    const one = rules.find((each) => each.rule === rule.id) as RuleScore
    const steps = Number.isFinite(one.steps) ? String(one.steps) : '–'
    return `| ${rule.id} | [${rule.title}](${rule.code}.md) | ${rule.severities[0]} | ${one.found} of ${one.ill} | ${percent(one.precision)} | ${steps} | ${Math.round(one.falseAlarms * healthy)} |`
  })
  const table = [
    '| | diagnosis | at worst | found | right | half of them by step | alarms on healthy runs |',
    '|---|---|---|---:|---:|---:|---:|',
    ...rows,
  ].join('\n')
  const heldOut = shown.filter(isHeldOut)
  const measured = [
    `Measured on ${heldOut.length} trainings that no threshold was tuned on, ${healthy} of them healthy; ${runs.filter(isHeldOut).length - heldOut.length} more were left out because they`,
    'did not show, by measurement, what they were made for.',
    `On healthy runs there were ${falseAlarms.toFixed(3)} warnings and criticals per run, all rules together; ${percent(alarmed)} of the runs had any. With those that were taken`,
    `back before the end there were ${falseAlarmsOnTheWay.toFixed(3)}.`,
  ].join('\n')
  let page = await readFile(path, 'utf8')
  page = filled(page, 'measured', measured)
  page = filled(page, 'table', table)
  await writeFile(path, page)
}
