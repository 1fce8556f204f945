import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { RULES } from '../../core/diagnosis/registry.ts'
import { block, readThresholds, rounded } from '../../scripts/diagnosis/blocks.ts'
import { loadTf, type Tf } from '../../trainer/tfjs/index.ts'
import { ROOT } from '../architecture/source-files.ts'
import { generateRun } from './generator/train.ts'
import { diagnoseLive } from './quality/diagnose-run.ts'
import { RECIPES } from './recipes/registry.ts'

let tf: Tf
beforeAll(async () => {
  tf = (await loadTf({ prefer: 'wasm' })).tf
})

const train = (kind: string, name: string, seed: number) =>
  generateRun(tf, RECIPES.find((one) => one.kind === kind && one.name === name) ?? expect.fail(`there is no recipe ${kind}/${name}`), seed)

/** A few of the runs that `npm run bench -- diagnosis` judges by the hundred. */
describe('a run that is really trained into a fault', () => {
  const pictured = RULES.map((rule) => {
    const text = readFileSync(join(ROOT, `docs/diagnosis/${rule.code}.md`), 'utf8')
    const [, recipe = '', seed = ''] = /the recipe `([^`]+)`, seed (\d+)/.exec(block(text, 'picture')) ?? []
    return { id: rule.id, code: rule.code, recipe, seed: Number(seed), table: block(text, 'thresholds') }
  })

  it.each(pictured)(
    'of $id, the one on its page, has it by measurement, is told so, by the thresholds of the page',
    async ({ id, recipe, seed, table }) => {
      const run = await train(id, recipe, seed)
      expect(run.shown, JSON.stringify(run.figures)).toBe(true)
      const finding = diagnoseLive(run.log, 10).findings.find(({ rule }) => rule === id) ?? expect.fail(`${id} did not fire`)
      const written = readThresholds(table)
      for (const { thresholds } of finding.evidence)
        for (const [name, value] of Object.entries(thresholds)) {
          expect([...written.keys()]).toContain(name)
          if (written.get(name)) expect(written.get(name)).toContain(rounded(value))
        }
    },
  )
})

describe('a healthy run', () => {
  it.each([
    ['sgd', 0],
    ['momentum', 0],
    ['adam', 0],
    ['batch-norm', 0],
    ['dropout', 0],
    ['cosine', 0],
    ['warm-up', 0],
    ['noisy-labels', 0],
    ['fine-tuning', 0],
    ['keras-names', 0],
  ])('with %s gets no warning, at its end or on the way', async (name, seed) => {
    const run = await train('healthy', name, seed)
    expect(run.shown, JSON.stringify(run.figures)).toBe(true)
    const alarms = [...diagnoseLive(run.log, 10).first].filter(([, { severity }]) => severity !== 'info')
    expect(alarms).toEqual([])
  })
})
