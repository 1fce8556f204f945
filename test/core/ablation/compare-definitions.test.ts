import { describe, expect, it } from 'vitest'
import { changesText, compareDefinitions } from '../../../core/ablation/compare-definitions.ts'
import { buildDesign } from '../../../core/ablation/design.ts'
import type { StudyDefinition } from '../../../core/ablation/study.ts'

function study(base: { lr: number }, without: Record<string, { part: boolean | string }>, seeds: number[]): StudyDefinition {
  const { aliases: _, ...design } = buildDesign({ base: { ...base, part: true }, without })
  return { ...design, name: 's', project: 'p', origin: 'declared', metrics: [], seeds, ignored: ['seed'] }
}

describe('a study declared anew', () => {
  it('is the same when nothing changed', () => {
    const one = study({ lr: 0.1 }, { part: { part: false } }, [0, 1])
    expect(compareDefinitions(one, structuredClone(one))).toEqual({ changed: [], added: [], gone: [], addedSeeds: [], goneSeeds: [] })
  })

  it('tells new and gone variants and seeds', () => {
    const changes = compareDefinitions(study({ lr: 0.1 }, { a: { part: false } }, [0, 1]), study({ lr: 0.1 }, { b: { part: 'x' } }, [1, 2]))
    expect(changes.added.map(({ label }) => label)).toEqual(['w/o b'])
    expect(changes.gone.map(({ label }) => label)).toEqual(['w/o a'])
    expect([changes.addedSeeds, changes.goneSeeds, changes.changed]).toEqual([[2], [0], []])
  })

  it('tells a changed base, which changes every variant, and a changed variant', () => {
    const before = study({ lr: 0.1 }, { part: { part: false } }, [0])
    const base = compareDefinitions(before, study({ lr: 0.2 }, { part: { part: false } }, [0])).changed
    expect(base.map(({ label, isBaseline, changes }) => [label, isBaseline, changesText(changes)])).toEqual([
      ['full model', true, 'lr: 0.1 → 0.2'],
      ['w/o part', false, 'lr: 0.1 → 0.2'],
    ])
    expect(compareDefinitions(before, study({ lr: 0.1 }, { part: { part: 'off' } }, [0])).changed).toMatchObject([
      { label: 'w/o part', isBaseline: false, changes: [{ path: 'part', from: false, to: 'off' }] },
    ])
  })
})
