/** `npm run bench [-- id …] [--json FILE]`: measures and prints one table; figures of README.md come from here. */

import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { benchmarks } from './registry.ts'
import { meetsTarget, type Row, ratio } from './row.ts'

const argumentsGiven = process.argv.slice(2)
const jsonAt = argumentsGiven.indexOf('--json')
const jsonFile = jsonAt < 0 ? null : (argumentsGiven.splice(jsonAt, 2)[1] ?? null)
const unknown = argumentsGiven.filter((id) => !benchmarks.some((benchmark) => benchmark.id === id))
if (unknown.length > 0) {
  console.error(`no benchmark called ${unknown.join(', ')}; there are: ${benchmarks.map((b) => b.id).join(', ')}`)
  process.exit(2)
}
const chosen = argumentsGiven.length > 0 ? benchmarks.filter((b) => argumentsGiven.includes(b.id)) : benchmarks.filter((b) => !b.slow)

function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
console.log(`# ${machine}\n`)
console.log('| what | measured | against | ratio | target |\n|---|---|---|---|---|')
const all: (Row & { benchmark: string; ratio: number; ok: boolean })[] = []
for (const benchmark of chosen) {
  for (const row of await benchmark.run()) {
    all.push({ ...row, benchmark: benchmark.id, ratio: ratio(row), ok: meetsTarget(row) })
    const sign = row.better === 'lower' ? '≤' : '≥'
    const target = row.target === undefined ? '' : `${sign} ${figure(row.target)} ${meetsTarget(row) ? '✓' : '✗'}`
    console.log(
      `| ${row.what} | ${figure(row.value)} ${row.unit} | ${row.against}: ${figure(row.rival)} ${row.unit} | ${figure(ratio(row))}× | ${target} |`,
    )
  }
}
if (jsonFile) writeFileSync(jsonFile, JSON.stringify({ machine, rows: all }, null, 2))
