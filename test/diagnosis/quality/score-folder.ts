/** `npx tsx test/diagnosis/quality/score-folder.ts FOLDER [even|odd]`: scores the rules on kept runs, with every miss and false alarm by name. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeRun, type GeneratedRun, isHeldOut } from '../generator/generated-run.ts'
import { fileOf, saidOf, score } from './scores.ts'

const [folder, which] = process.argv.slice(2)
if (!folder) throw new Error('give a folder')
const runs: GeneratedRun[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => decodeRun(readFileSync(join(folder, name, file), 'utf8'))))
  .filter((run) => which === undefined || isHeldOut(run) === (which === 'odd'))
const shown = runs.filter((run) => run.shown)
const said = shown.map(saidOf)
const { rules, healthy, falseAlarms, falseAlarmsOnTheWay, byRecipe } = score(said)
const figure = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : '–')
console.log(
  `${runs.length} runs (${which ?? 'all'} seeds), ${runs.length - shown.length} left out: not shown. Healthy ${healthy}: ${figure(falseAlarms)} warnings + criticals per run at its end, ${figure(falseAlarmsOnTheWay)} with those taken back on the way.\n`,
)
console.log('| rule | runs | recall | precision | fired | median step | W+C per healthy | said of healthy |\n|---|---|---|---|---|---|---|---|')
for (const one of rules)
  console.log(
    `| ${one.rule} | ${one.ill} | ${figure(one.recall)} | ${figure(one.precision)} | ${one.fired} | ${one.steps} | ${figure(one.falseAlarms)} | ${figure(one.saidOfHealthy)} |`,
  )
console.log(
  `\nHealthy kinds with alarms: ${
    [...byRecipe]
      .filter(([, { alarms }]) => alarms > 0)
      .map(([name, { runs: n, alarms }]) => `${name} ${alarms}/${n}`)
      .join(', ') || 'none'
  }`,
)
console.log('\n## False alarms on healthy runs')
for (const { run, rules: fired } of said)
  if (run.kind === 'healthy') for (const { rule, severity } of fired) if (severity !== 'info') console.log(`- ${fileOf(run)}: ${rule} (${severity})`)
console.log('\n## Warned on the way, taken back at the end')
for (const { run, rules: fired, warned } of said)
  if (run.kind === 'healthy')
    for (const rule of warned) if (!fired.some((one) => one.rule === rule && one.severity !== 'info')) console.log(`- ${fileOf(run)}: ${rule}`)
console.log('\n## Missed')
for (const { rule, missed } of rules)
  if (missed.length > 0) console.log(`- ${rule}: ${missed.slice(0, 12).join(', ')}${missed.length > 12 ? ` and ${missed.length - 12} more` : ''}`)
console.log('\n## Fired where nothing measured says so')
for (const { rule, wrong } of rules)
  if (wrong.length > 0) console.log(`- ${rule}: ${wrong.slice(0, 12).join(', ')}${wrong.length > 12 ? ` and ${wrong.length - 12} more` : ''}`)
const excluded = new Map<string, number>()
for (const run of runs) if (!run.shown) excluded.set(`${run.kind}/${run.recipe}`, (excluded.get(`${run.kind}/${run.recipe}`) ?? 0) + 1)
console.log(`\nLeft out: ${[...excluded].map(([name, n]) => `${name} ${n}`).join(', ')}`)
