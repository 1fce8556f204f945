import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mergeLab } from '../../../cli/ablation/lab-study.ts'
import { loadStudy } from '../../../cli/ablation/load-study.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'

let folder: ReturnType<typeof tempFolder>
beforeEach(() => {
  folder = tempFolder()
})
afterEach(() => folder[Symbol.asyncDispose]())

function file(name: string, text: string): string {
  const path = join(folder.path, name)
  writeFileSync(path, text)
  return path
}

const YAML = `name: parts
command: python train.py --lr {lr} --seed {seed}
base:
  lr: 0.1
  attention: { heads: 8 }
without:
  attention:
    attention: false
seeds: 2
metrics:
  test/accuracy: { goal: max, unit: "%" }
`

describe('a study file', () => {
  it('in YAML is a study with a command', async () => {
    const loaded = await loadStudy(file('s.yaml', `${YAML}cwd: sub\nenv: { A: 1, B: yes }\n`), { parallel: 3 })
    expect(loaded.plan).toMatchObject({ parallel: 3, definition: { name: 'parts', seeds: [0, 1] } })
    expect(loaded).toMatchObject({
      command: { template: ['python', 'train.py', '--lr', '{lr}', '--seed', '{seed}'], cwd: join(folder.path, 'sub'), env: { A: '1', B: 'yes' } },
    })
  })

  it('may be JSON, or a module with a function', async () => {
    const json = { name: 'j', command: ['x', '{lr}'], base: { lr: 1 }, sweep: { lr: [1, 2] }, seeds: 1, metrics: { a: { goal: 'min' } } }
    expect((await loadStudy(file('s.json', JSON.stringify(json)), {})).plan.definition.shape).toBe('sweep')
    const module = `export default { ...${JSON.stringify({ ...json, command: undefined })}, train: () => 'trained' }`
    const loaded = await loadStudy(file('s.mjs', module), {})
    expect('train' in loaded && loaded.train({ seed: 0 }, null as never, null as never)).toBe('trained')
  })

  it.each<[string, (yaml: string) => string, RegExp]>([
    ['a mistyped key', (yaml) => yaml.replace('without:', 'wihtout:'), /s\.yaml:7:3: unknown key "wihtout": did you mean "without"\?$/],
    ['a mistyped goal', (yaml) => yaml.replace('goal: max', 'goal: maximum'), /s\.yaml:11:18: metrics\["test\/accuracy"\] needs goal/],
    [
      'a variant that is the base',
      (yaml) => yaml.replace('attention: false', 'lr: 0.1'),
      /s\.yaml:8:5: variant "w\/o attention" changes nothing: the base has lr: 0.1 already$/,
    ],
    ['seeds twice', (yaml) => yaml.replace('seeds: 2', 'seeds: [1, 1]'), /s\.yaml:9:8: seed 1 is given twice/],
    [
      'an unknown setting in the command',
      (yaml) => yaml.replace('{lr}', '{rl}'),
      /s\.yaml:2:10: command: \{rl\} is no setting of "full model": did you mean \{lr\}/,
    ],
    ['a setting that one variant lacks', (yaml) => yaml.replace('{lr}', '{attention.heads}'), /s\.yaml:2:10: .*"w\/o attention"/],
    ['nothing that trains', (yaml) => yaml.replace(/^command.*\n/m, ''), /s\.yaml: nothing says how to train: give command/],
    ['two things that train', (yaml) => `${yaml}lab: x.yaml\n`, /s\.yaml:12:6: command and lab are given/],
    ['cwd without a command', (yaml) => yaml.replace(/^command.*\n/m, 'lab: {}\ncwd: x\n'), /s\.yaml:3:6: cwd belongs to a command/],
    ['broken YAML', (yaml) => `${yaml}  - x\n`, /s\.yaml is no YAML: .*line 12/],
    ['no object', () => '- a\n', /s\.yaml holds no study/],
  ])('with %s is refused in one line with file and place', async (_, change, message) => {
    await expect(loadStudy(file('s.yaml', change(YAML)), {})).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(message),
    })
  })

  it('that is not there names the nearest', async () => {
    file('study.yaml', YAML)
    await expect(loadStudy(join(folder.path, 'stduy.yaml'), {})).rejects.toThrow(/did you mean study.yaml/)
  })
})

describe('a study of the lab', () => {
  const LAB = `project: digits
data: { kind: spirals }
model: { kind: mlp, hidden: [8] }
optimizer: { kind: adam, lr: 0.01, beta1: 0.8 }
`
  const study = (without: string, base = '') =>
    `name: s\nlab: lab.yaml\n${base}without: ${without}\nseeds: 1\nmetrics: { test/accuracy: { goal: max } }\n`

  it('takes the lab’s config for its base, changed by its own', async () => {
    file('lab.yaml', LAB)
    const { plan } = await loadStudy(
      file('s.yaml', study('{ norm: { model.norm: batch }, adam: { optimizer: { kind: sgd } } }', 'base: { train.epochs: 2 }\n')),
      {},
    )
    expect(plan.definition.project).toBe('digits')
    expect(plan.definition.variants.map(({ label, changes }) => [label, changes.map(({ path }) => path)])).toEqual([
      ['full model', []],
      ['w/o norm', ['model.norm']],
      ['w/o adam', ['optimizer.kind', 'optimizer.beta1']],
    ])
    expect(plan.definition.variants[1]?.config).toMatchObject({ train: { epochs: 2 }, model: { kind: 'mlp', norm: 'batch' } })
  })

  it('says which variant is no config of the lab', async () => {
    file('lab.yaml', LAB)
    await expect(loadStudy(file('s.yaml', study('{ x: { model.nrom: batch } }')), {})).rejects.toThrow(/s\.yaml:3:15: "w\/o x": .*nrom.*norm/)
    await expect(loadStudy(file('s.yaml', study('{ x: { model.norm: batch } }').replace('lab.yaml', 'alb.yaml')), {})).rejects.toThrow(
      /did you mean lab.yaml/,
    )
  })

  it('merges parts, kinds first, and replaces what is no part', () => {
    const base = { optimizer: { kind: 'adam', lr: 0.1, beta1: 0.8, clip: null }, model: { kind: 'mlp', hidden: [8] } }
    expect(mergeLab(base, { optimizer: { momentum: 0.5, kind: 'momentum' }, model: { hidden: [4, 4] } })).toEqual({
      optimizer: { kind: 'momentum', lr: 0.1, clip: null, momentum: 0.5 },
      model: { kind: 'mlp', hidden: [4, 4] },
    })
    expect(mergeLab(base, { optimizer: { clip: { norm: 1 } } })).toMatchObject({ optimizer: { clip: { norm: 1 }, beta1: 0.8 } })
    expect(base.optimizer.kind).toBe('adam')
  })
})
