/**
 * `npx tsx test/diagnosis/generator/fill-folder.ts FOLDER [--seeds 0-1] [--held-out 20] [KIND[/RECIPE]…]`: trains runs and keeps each as
 * a file, so that rules can be tried on them again and again. Files that are there already stay.
 *
 * `--held-out N` goes on with odd seeds until N runs of each kind (of each recipe, for healthy ones) show what they are meant to.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadTf } from '../../../trainer/tfjs/index.ts'
import { RECIPES } from '../recipes/registry.ts'
import { decodeRun, encodeRun, type GeneratedRun } from './generated-run.ts'
import type { Recipe } from './recipe.ts'
import { generateRun } from './train.ts'

/** Recipes that show their fault in less than a fifth of their runs are to be mended, not repeated. */
const TRIES_PER_RUN_WANTED = 5

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seeds: { type: 'string' }, 'held-out': { type: 'string' } } })
const [folder, ...kinds] = positionals
if (!folder) throw new Error('give a folder')
const { tf } = await loadTf({ prefer: 'wasm' })
const recipes = RECIPES.filter(({ kind, name }) => kinds.length === 0 || kinds.includes(kind) || kinds.includes(`${kind}/${name}`))
if (values['held-out']) await fillHeldOut(recipes, Number(values['held-out']))
else {
  const [from = 0, to = from] = (values.seeds ?? '0-1').split('-').map(Number)
  for (let seed = from; seed <= to; seed++) for (const recipe of recipes) await fill(recipe, seed)
}

async function fillHeldOut(all: Recipe[], wanted: number): Promise<void> {
  const groupOf = ({ kind, name }: Recipe) => (kind === 'healthy' ? `${kind}/${name}` : kind)
  for (const group of new Set(all.map(groupOf))) {
    const members = all.filter((recipe) => groupOf(recipe) === group)
    let shown = 0
    const last = Math.ceil((TRIES_PER_RUN_WANTED * wanted) / members.length)
    for (let round = 0; round < last && shown < wanted; round++)
      for (const recipe of members) if (shown < wanted && (await fill(recipe, 2 * round + 1))) shown++
    console.log(`# ${group}: ${shown} held-out runs show it`)
  }
}

/** Whether the run shows what it is meant to. */
async function fill(recipe: Recipe, seed: number): Promise<boolean> {
  const file = join(folder as string, recipe.kind, `${recipe.name}-${seed}.json`)
  if (existsSync(file)) return decodeRun(readFileSync(file, 'utf8')).shown
  mkdirSync(join(folder as string, recipe.kind), { recursive: true })
  const started = performance.now()
  try {
    const run = await generateRun(tf, recipe, seed)
    writeFileSync(file, encodeRun(run))
    tell(run, performance.now() - started)
    return run.shown
  } catch (error) {
    console.log(`${recipe.kind}/${recipe.name}-${seed} THREW ${error instanceof Error ? error.stack?.slice(0, 700) : error}`)
    return false
  }
}

function tell({ kind, recipe, seed, shown, figures, also }: GeneratedRun, ms: number): void {
  console.log(
    `${kind}/${recipe}-${seed} ${shown ? 'shown' : 'NOT SHOWN'} ${Math.round(ms)} ms`,
    JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value)),
    also.join(' '),
  )
}
