import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeRun, encodeRun, type GeneratedRun } from '../../test/diagnosis/generator/generated-run.ts'
import { generateRun } from '../../test/diagnosis/generator/train.ts'
import { RECIPES } from '../../test/diagnosis/recipes/registry.ts'
import { loadTf } from '../../trainer/tfjs/index.ts'

/** Runs of each diagnosis and of each kind of health. */
const RUNS = 24

/**
 * The runs that rules are judged on: those kept in the folder LOSSBOARD_DIAGNOSIS_RUNS, as many as there are; trained now, and kept there, when it holds none.
 * A recipe has as many seeds as its diagnosis needs to come to 24 runs; kinds of health have 24 each.
 */
export async function allRuns(): Promise<GeneratedRun[]> {
  const folder = process.env.LOSSBOARD_DIAGNOSIS_RUNS || null
  const kept = folder && existsSync(folder) ? keptRuns(folder) : []
  return kept.length > 0 ? kept : trainAll(folder)
}

/** Runs in a folder of files as `trainAll` and `fill-folder.ts` write them. */
function keptRuns(folder: string): GeneratedRun[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => decodeRun(readFileSync(join(folder, name, file), 'utf8'))))
}

async function trainAll(folder: string | null): Promise<GeneratedRun[]> {
  const recipes = new Map<string, number>()
  for (const { kind } of RECIPES) recipes.set(kind, (recipes.get(kind) ?? 0) + 1)
  const { tf } = await loadTf({ prefer: 'wasm' })
  const runs: GeneratedRun[] = []
  for (const recipe of RECIPES) {
    const seeds = recipe.kind === 'healthy' ? RUNS : 2 * Math.ceil(RUNS / 2 / (recipes.get(recipe.kind) ?? 1))
    for (let seed = 0; seed < seeds; seed++) {
      const run = await generateRun(tf, recipe, seed)
      runs.push(run)
      if (!folder) continue
      mkdirSync(join(folder, recipe.kind), { recursive: true })
      writeFileSync(join(folder, recipe.kind, `${recipe.name}-${seed}.json`), encodeRun(run))
    }
  }
  return runs
}
