import { describe, expect, it } from 'vitest'
import { type CompletionSource, completeFilter } from '../../core/filter/complete-filter.ts'

const SOURCE: CompletionSource = {
  configKeys: ['lr', 'batch size', 'model.kind'],
  metrics: ['train/loss', 'val/accuracy'],
  values: (field) => ({ status: ['running', 'failed'], tag: ['baseline', 'two words'], 'config.model.kind': ['resnet', 'mlp'] })[field] ?? [],
}

/** `|` marks the cursor; returns the text after taking the first suggestion. */
function take(text: string): string {
  const cursor = text.indexOf('|')
  const plain = text.replace('|', '')
  const { from, to, suggestions } = completeFilter(plain, cursor, SOURCE)
  return `${plain.slice(0, from)}${suggestions[0]?.insert ?? '(nothing)'}${plain.slice(to)}`
}

describe('completion', () => {
  it.each([
    ['sta|', 'status:'],
    ['status:|', 'status:running '],
    ['status:fa|', 'status:failed '],
    ['status:failed,ru|', 'status:failed,running '],
    ['tag:two|', 'tag:"two words" '],
    ['acc|', 'val/accuracy '],
    ['lr|', 'config.lr '],
    ['batch|', 'config."batch size" '],
    ['config.model.kind=|', 'config.model.kind=resnet '],
    ['-ta|', '-tag:'],
    ['tag:baseline |', 'tag:baseline and '],
    ['tag:baseline and tra| or x', 'tag:baseline and train/loss  or x'],
    ['config.lr < |', 'config.lr < (nothing)'],
  ])('%s', (text, expected) => {
    expect(take(text)).toBe(expected)
  })

  it('offers fields, metrics and config keys at the start', () => {
    const labels = completeFilter('', 0, SOURCE).suggestions.map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(['name', 'tag', 'train/loss', 'config.lr']))
    expect(labels).not.toContain('and')
  })
})
