import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { modelSchema } from '../../../../trainer/lab/models/registry.ts'

const problem = (config: unknown): string => {
  const { error } = modelSchema.safeParse(config)
  return error ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') : 'no problem'
}

describe('the model of a config', () => {
  it('fills in every option, and takes a name or an object for the same choice', () => {
    const parsed = modelSchema.parse({ kind: 'mlp', activation: 'leaky-relu', norm: 'batch', init: { kind: 'gaussian', std: 0.1 } })
    expect(parsed).toEqual({
      kind: 'mlp',
      hidden: [128, 64],
      activation: { kind: 'leaky-relu', slope: 0.01 },
      init: { kind: 'gaussian', std: 0.1 },
      norm: { kind: 'batch', momentum: 0.9, epsilon: 1e-5 },
      dropout: 0,
    })
    expect(
      modelSchema.parse({ kind: 'mlp', activation: { kind: 'leaky-relu' }, norm: { kind: 'batch' }, init: { kind: 'gaussian', std: 0.1 } }),
    ).toEqual(parsed)
    // What was parsed can be parsed again: a stored config is a config.
    expect(modelSchema.parse(parsed)).toEqual(parsed)
  })

  it.each(['linear', 'mlp', 'vgg', 'residual', 'bottleneck'])('%s needs nothing but its kind', (kind) => {
    expect(modelSchema.parse({ kind })).toMatchObject({ kind, init: { kind: 'msra' } })
  })

  it.each([
    [{ kind: 'mlp', activation: 'rleu' }, 'activation: unknown activation "rleu": did you mean "relu"?'],
    [{ kind: 'mlp', init: { kind: 'kaiming' } }, 'unknown init "kaiming": it must be one of msra, xavier, gaussian, constant'],
    [{ kind: 'mlp', norm: 3 }, 'norm is 3: it must be one of none, batch, layer, group, instance, or an object with that "kind"'],
    [{ kind: 'mlp', norm: {} }, 'norm has no "kind"'],
    [{ kind: 'mlp', activation: { kind: 'leaky-relu', slope: 'steep' } }, 'activation leaky-relu: slope'],
    [{ kind: 'mlp', activation: { kind: 'leaky-relu', slop: 0.1 } }, 'Unrecognized key: "slop"'],
    [{ kind: 'mlp', activation: { kind: 'leaky-relu', slope: 1 } }, 'activation.slope: Too big'],
    [{ kind: 'mlp', dropout: 1 }, 'dropout: Too big'],
    [{ kind: 'linear', norm: 'batch' }, 'Unrecognized key: "norm"'],
    [{ kind: 'vgg', stages: 2.5 }, 'stages'],
  ])('%j is refused', (config, message) => {
    expect(problem(config)).toContain(message)
  })

  it('has a JSON Schema that allows both ways of writing and describes every option', () => {
    const schema = z.toJSONSchema(modelSchema, { io: 'input' })
    const residual = (schema.oneOf as { properties: Record<string, { description?: string; default?: unknown; anyOf?: unknown[] }> }[])[3]!
    for (const [name, option] of Object.entries(residual.properties)) if (name !== 'kind') expect(option.description, name).toBeTruthy()
    const { activation } = residual.properties
    expect(activation!.default).toBe('relu')
    expect(activation!.anyOf).toHaveLength(2)
  })
})
