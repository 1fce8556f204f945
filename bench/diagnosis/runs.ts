import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeRun, encodeRun, type GeneratedRun } from '../../test/diagnosis/generator/generated-run.ts'
import { generateRun } from '../../test/diagnosis/generator/train.ts'
import { RECIPES } from '../../test/diagnosis/recipes/registry.ts'
import { loadTf, type Tf } from '../../trainer/tfjs/index.ts'

/** Runs of each diagnosis and of each kind of health. */
const RUNS = 24

/**
 * The runs that rules are judged on, trained now, or read from the folder LOSSBOARD_DIAGNOSIS_RUNS where they are kept. A recipe has as many seeds as its diagnosis needs to
 * come to 24 runs; kinds of health have 24 each.
 */
export async function allRuns(): Promise<GeneratedRun[]> {
  const folder = process.env.LOSSBOARD_DIAGNOSIS_RUNS || null
  const recipes = new Map<string, number>()
  for (const { kind } of RECIPES) recipes.set(kind, (recipes.get(kind) ?? 0) + 1)
  const runs: GeneratedRun[] = []
  let tf: Tf | null = null
  for (const recipe of RECIPES) {
    const seeds = recipe.kind === 'healthy' ? RUNS : 2 * Math.ceil(RUNS / 2 / (recipes.get(recipe.kind) ?? 1))
    for (let seed = 0; seed < seeds; seed++) {
      const file = folder && join(folder, recipe.kind, `${recipe.name}-${seed}.json`)
      if (file && existsSync(file)) {
        runs.push(decodeRun(readFileSync(file, 'utf8')))
        continue
      }
      tf ??= (await loadTf({ prefer: 'wasm' })).tf
      const run = await generateRun(tf, recipe, seed)
      if (file) {
        mkdirSync(join(file, '..'), { recursive: true })
        writeFileSync(file, encodeRun(run))
      }
      runs.push(run)
    }
  }
  return runs
}
