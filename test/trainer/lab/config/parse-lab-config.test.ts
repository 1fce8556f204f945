import { describe, expect, it } from 'vitest'
import { applySetting } from '../../../../trainer/lab/config/apply-setting.ts'
import { deriveSeeds, SEED_NAMES } from '../../../../trainer/lab/config/derive-seeds.ts'
import { labConfigJsonSchema } from '../../../../trainer/lab/config/json-schema.ts'
import { labConfigSchema } from '../../../../trainer/lab/config/lab-config.ts'
import { LabConfigError, parseLabConfig } from '../../../../trainer/lab/config/parse-lab-config.ts'

const SMALLEST = { data: { kind: 'two-moons' }, model: { kind: 'mlp' } }

function problems(config: unknown): readonly string[] {
  try {
    parseLabConfig(config, 'a.yaml')
    return []
  } catch (error) {
    return (error as LabConfigError).problems
  }
}

describe('parseLabConfig', () => {
  it('needs data and model, and gives everything else its default', () => {
    const config = parseLabConfig(SMALLEST)
    expect(config).toMatchObject({
      optimizer: { kind: 'adam', lr: 1e-3 },
      schedule: { kind: 'constant' },
      loss: { kind: 'softmax-cross-entropy' },
      preprocess: { kind: 'standardise' },
      train: { epochs: 5, batchSize: 128 },
      earlyStopping: null,
      checkpoints: { every: 1, keepLast: 2, keepBest: 1 },
      probes: { updates: 10, activations: 'auto' },
      seed: 0,
      from: null,
    })
    expect(problems({})).toEqual([
      expect.stringMatching(/^data: missing: it needs a kind, one of mnist, /),
      expect.stringMatching(/^model: missing: it needs a kind, one of linear, /),
    ])
  })

  it('reads its own result as the same config: what a run records can be trained again', () => {
    const config = parseLabConfig({ ...SMALLEST, earlyStopping: {}, snapshots: { every: 0.5 }, from: { run: 12 }, probes: { rows: 8 } })
    expect(parseLabConfig(structuredClone(config))).toEqual(config)
    expect(config.from?.run).toBe('12')
  })

  it('takes options without a kind for those of the default kind', () => {
    expect(parseLabConfig({ ...SMALLEST, optimizer: { lr: 0.5 } }).optimizer).toMatchObject({ kind: 'adam', lr: 0.5 })
  })

  it('lists every problem with its path: unknown keys with the nearest, wrong values with what is allowed', () => {
    expect(problems({ ...SMALLEST, optimiser: {}, optimizer: { kind: 'adam', learningrate: 1, lr: 'fast', beta: 0.9 } })).toEqual([
      'optimizer.lr: must be a number, got the string "fast"',
      expect.stringMatching(/^optimizer\.learningrate: unknown key of adam, there is kind, lr, /),
      expect.stringMatching(/^optimizer\.beta: unknown key, did you mean optimizer\.beta1\?/),
      'optimiser: unknown key, did you mean optimizer?',
    ])
    expect(problems({ ...SMALLEST, lr: 0.1 })).toEqual(['lr: unknown key here, did you mean optimizer.lr?'])
    expect(problems({ ...SMALLEST, model: { kind: 'vggg' } })[0]).toMatch(
      /^model\.kind: must be one of linear, .*, got the string "vggg": did you mean vgg\?$/,
    )
    expect(problems({ ...SMALLEST, earlyStopping: { metric: 'val/los' } })[0]).toMatch(
      /^earlyStopping\.metric: must be one of val\/loss, .*did you mean val\/loss\?$/,
    )
    expect(problems({ ...SMALLEST, train: { batchSize: 0, epochs: -1 } })).toEqual([
      'train.epochs: must be a number, more than 0, got -1',
      'train.batchSize: must be a number, more than 0, got 0',
    ])
    expect(problems({ ...SMALLEST, tags: ['a', 3] })).toEqual(['tags[1]: must be a text, got 3'])
  })

  it('explains the alternatives of settings that take several kinds of value', () => {
    expect(problems({ ...SMALLEST, probes: true })).toEqual(['probes: must be false or an object, got true'])
    expect(problems({ ...SMALLEST, probes: { rows: 1, histogram: 5 } })).toEqual([
      'probes.rows: must be a number, at least 2, got 1',
      'probes.histogram: unknown key, did you mean probes.histograms?',
    ])
    expect(problems({ ...SMALLEST, probes: { activations: 'often' } })[0]).toMatch(
      /^probes\.activations: must be .*auto.*false, got the string "often"$/,
    )
    expect(problems({ ...SMALLEST, from: { run: 'a', checkpoint: 'bets' } })[0]).toMatch(
      /^from\.checkpoint: must be one of best, last or a number, got the string "bets"/,
    )
  })

  it('has all problems in the one line of its message too, and the name of the file', () => {
    expect(() => parseLabConfig({ ...SMALLEST, a: 1, b: 2 }, 'a.yaml')).toThrow(/^a\.yaml has 2 problems: a: .*; b: /)
    expect(() => parseLabConfig([], 'a.yaml')).toThrow('a.yaml: the config: must be an object, got an array of 0')
    expect(() => parseLabConfig({ ...SMALLEST, seed: Number.NaN })).toThrow(LabConfigError)
  })
})

describe('applySetting', () => {
  it('sets nested values, makes the parts on the way, and leaves the given config as it is', () => {
    const given = { ...SMALLEST, optimizer: { lr: 0.1 } }
    const { config } = applySetting(given, 'earlyStopping.patience', 7)
    expect(parseLabConfig(applySetting(config, 'optimizer.lr', 0.2).config)).toMatchObject({ earlyStopping: { patience: 7 }, optimizer: { lr: 0.2 } })
    expect(given).toEqual({ ...SMALLEST, optimizer: { lr: 0.1 } })
  })

  it('drops the options that another kind does not have, and says which', () => {
    const given = { ...SMALLEST, optimizer: { kind: 'adam', lr: 0.1, beta1: 0.8 } }
    const { config, dropped } = applySetting(given, 'optimizer.kind', 'sgd')
    expect(dropped).toEqual(['optimizer.beta1'])
    expect(parseLabConfig(config).optimizer).toMatchObject({ kind: 'sgd', lr: 0.1 })
  })

  it('refuses a path through something that has no keys', () => {
    expect(() => applySetting(SMALLEST, 'model.kind.x', 1)).toThrow('model.kind.x cannot be set: model.kind is "mlp", which has no keys')
    expect(() => applySetting(SMALLEST, 'model..x', 1)).toThrow('"model..x" is no path of a setting')
  })
})

describe('deriveSeeds', () => {
  it('gives every source of chance a seed of its own, the same each time, and takes those that are given', () => {
    const seeds = deriveSeeds({ seed: 0, seeds: { order: 42 } })
    expect(Object.keys(seeds)).toEqual([...SEED_NAMES])
    expect(seeds.order).toBe(42)
    expect(new Set(Object.values(seeds)).size).toBe(SEED_NAMES.length)
    expect(deriveSeeds({ seed: 0, seeds: {} }).init).toBe(seeds.init)
    expect(deriveSeeds({ seed: 1, seeds: {} }).init).not.toBe(seeds.init)
    // Recorded runs depend on these numbers.
    expect(seeds).toMatchObject({ init: 707372002, dropout: 3696651787 })
  })
})

describe('labConfigJsonSchema', () => {
  const schema = labConfigJsonSchema() as { properties: Record<string, object>; required: string[] }

  it('knows every setting and what is needed', () => {
    expect(Object.keys(schema.properties)).toEqual(Object.keys(labConfigSchema.shape))
    expect(schema.required).toEqual(['data', 'model'])
  })

  it('describes every setting of the top', () => {
    for (const [name, property] of Object.entries(schema.properties))
      expect({ name, property }).toMatchObject({ property: { description: expect.any(String) } })
  })

  it('lets the kind be left out where it has a default', () => {
    const branches = (schema.properties.optimizer as { oneOf: { properties: { kind: { const: string } }; required: string[] }[] }).oneOf
    const needed = Object.fromEntries(branches.map(({ properties, required }) => [properties.kind.const, required.includes('kind')]))
    expect(needed).toMatchObject({ adam: false, sgd: true })
  })
})
