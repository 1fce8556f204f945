import { beforeAll, describe, expect, it } from 'vitest'
import { loadTf, type Tf } from '../../trainer/tfjs/index.ts'
import { decodeRun, encodeRun } from './generator/generated-run.ts'
import { generateRun } from './generator/train.ts'
import { RECIPES } from './recipes/registry.ts'

let tf: Tf
beforeAll(async () => {
  tf = (await loadTf({ prefer: 'wasm' })).tf
})

const recipe = (name: string) => RECIPES.find((one) => `${one.kind}/${one.name}` === name) ?? expect.fail(`there is no recipe ${name}`)

describe('the generator', () => {
  it('has recipes for every diagnosis, each named once, and sixteen kinds of health or more', () => {
    const kinds = new Set(RECIPES.map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual([...Array.from({ length: 28 }, (_, index) => `D${String(index + 1).padStart(2, '0')}`), 'healthy'])
    expect(new Set(RECIPES.map(({ kind, name }) => `${kind}/${name}`)).size).toBe(RECIPES.length)
    expect(RECIPES.filter(({ kind }) => kind === 'healthy').length).toBeGreaterThanOrEqual(16)
  })

  it('makes the same run again from its seed, leaves no tensor behind, and keeps it as text with every number', async () => {
    await generateRun(tf, recipe('D01/flipped-gradient'), 0)
    const before = tf.memory().numTensors
    const [one, again] = [await generateRun(tf, recipe('D01/flipped-gradient'), 0), await generateRun(tf, recipe('D01/flipped-gradient'), 0)]
    expect(tf.memory().numTensors).toBe(before)
    expect(again.log.series['train/loss']?.value).toEqual(one.log.series['train/loss']?.value)
    expect(one.log.series['train/loss']?.value.some(Number.isNaN)).toBe(true)
    const kept = decodeRun(encodeRun(one))
    expect(Object.keys(kept.log.series)).toEqual(Object.keys(one.log.series))
    for (const [name, { step, value, wall }] of Object.entries(one.log.series)) {
      expect(kept.log.series[name]?.step).toEqual(step)
      kept.log.series[name]?.value.forEach((number, index) => {
        const exact = value[index] as number
        if (Number.isFinite(exact)) expect(Math.abs(number - exact)).toBeLessThanOrEqual(1e-7 * Math.abs(exact))
        else expect(number).toEqual(exact)
      })
      expect(kept.log.series[name]?.wall.length).toBe(wall.length)
    }
  })
})
