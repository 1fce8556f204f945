/**
 * `npx tsx test/diagnosis/generator/fill-folder.ts FOLDER [SEEDS] [KIND…]`: trains runs and keeps each as a file, so that rules can be
 * tried on them again and again. Files that are there already stay.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadTf } from '../../../trainer/tfjs/index.ts'
import { RECIPES } from '../recipes/registry.ts'
import { encodeRun } from './generated-run.ts'
import { generateRun } from './train.ts'

const [folder, seeds = '0-1', ...kinds] = process.argv.slice(2)
if (!folder) throw new Error('give a folder')
const [from = 0, to = from] = seeds.split('-').map(Number)
const { tf } = await loadTf({ prefer: 'wasm' })
for (let seed = from; seed <= to; seed++)
  for (const recipe of RECIPES) {
    if (kinds.length > 0 && !kinds.includes(recipe.kind)) continue
    const file = join(folder, recipe.kind, `${recipe.name}-${seed}.json`)
    if (existsSync(file)) continue
    mkdirSync(join(folder, recipe.kind), { recursive: true })
    const started = performance.now()
    try {
      const run = await generateRun(tf, recipe, seed)
      writeFileSync(file, encodeRun(run))
      console.log(
        `${recipe.kind}/${recipe.name}-${seed} ${run.shown ? 'shown' : 'NOT SHOWN'} ${Math.round(performance.now() - started)} ms`,
        JSON.stringify(run.figures, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(3)) : value)),
        run.also.join(' '),
      )
    } catch (error) {
      console.log(`${recipe.kind}/${recipe.name}-${seed} THREW ${error instanceof Error ? error.stack?.slice(0, 700) : error}`)
    }
  }
