import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillCommand, parseCommand } from '../../../cli/ablation/command-template.ts'

const fill = (command: unknown, config: object) => fillCommand(parseCommand(command), config as never, 'full model')

describe('a command', () => {
  it.each<[string, string[]]>([
    ['python train.py --lr {lr}', ['python', 'train.py', '--lr', '{lr}']],
    ['  a\t b\n', ['a', 'b']],
    [`a "b c" 'd "e"' f\\ g "" x"y"'z'`, ['a', 'b c', 'd "e"', 'f g', '', 'xyz']],
    [`a "\\"" '\\' c\\\\`, ['a', '"', '\\', 'c\\']],
    ['a; b && c | d > e $(f) `g` *', ['a;', 'b', '&&', 'c', '|', 'd', '>', 'e', '$(f)', '`g`', '*']],
  ])('is split at spaces, quotes keep together, and nothing else is special: %s', (command, words) => {
    expect(parseCommand(command)).toEqual(words)
  })

  it('may be a list of words, taken as they are', () => {
    expect(parseCommand(['a b', '"', 3])).toEqual(['a b', '"', '3'])
  })

  it.each<[unknown, RegExp]>([
    ['', /empty/],
    ['a "b', /a " that does not end/],
    [7, /must be a text/],
    [[], /must be a text/],
  ])('that is none is refused: %s', (command, message) => {
    expect(() => parseCommand(command)).toThrow(message)
  })
})

describe('settings in a command', () => {
  it('are written as a program reads them, by dotted path, within their word', () => {
    const config = { lr: 1e-3, seed: 3, on: true, none: null, model: { norm: 'batch norm', sizes: [8, 4] }, 'a.b': 'dotted' }
    expect(
      fill(['x', '--lr={lr}', '{seed}', '{on}', '{none}', '{model.norm}', '{model.sizes}', '{model}', '{"a.b"}', '{{lr}}', '{ seed }'], config),
    ).toEqual([...['x', '--lr=0.001', '3', 'true', 'null', 'batch norm', '[8,4]', '{"norm":"batch norm","sizes":[8,4]}', 'dotted', '{lr}', '3']])
    expect(fill('x "{ seed }" --lr={lr}', config)).toEqual(['x', '3', '--lr=0.001'])
  })

  it('never leave their word, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (value, other) => {
        expect(fill('run --name={name} "{other}" end', { name: value, other })).toEqual(['run', `--name=${value}`, other, 'end'])
      }),
    )
  })

  it('that are not there are refused, naming the nearest and the variant', () => {
    expect(() => fill('run {learning.rate}', { learning: { rat: 1 } })).toThrow(
      /\{learning.rate\} is no setting of "full model": did you mean \{learning.rat\}\?/,
    )
    expect(() => fill('run {x}', { lr: 1, seed: 0 })).toThrow(/it has lr, seed/)
    expect(() => fill('run {attention.heads}', { attention: false })).toThrow(/no setting/)
    expect(() => fill('run {constructor}', { a: {} })).toThrow(/no setting/)
  })
})
