import { describe, expect, it } from 'vitest'
import { keyName, matchSequence } from '../../app/_shell/key-match.ts'
import { matchWords } from '../../app/_shell/match-words.ts'

const press = (key: string, modifiers: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  keyName({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...modifiers })

describe('key names', () => {
  it.each([
    [press('j'), 'j'],
    [press('X', { shiftKey: true }), 'Shift+x'],
    [press('?', { shiftKey: true }), '?'],
    [press('k', { metaKey: true }), 'mod+k'],
    [press('k', { ctrlKey: true }), 'mod+k'],
    [press(' '), 'Space'],
    [press('Delete', { shiftKey: true }), 'Shift+Delete'],
    [press('ArrowDown'), 'ArrowDown'],
    [press('Shift', { shiftKey: true }), null],
    [press('j', { altKey: true }), null],
  ])('%s is %s', (name, expected) => {
    expect(name).toBe(expected)
  })
})

describe('sequences', () => {
  const keys = ['g r', 'g g', 'x', 'Shift+g']
  it('wait for their second key', () => {
    expect(matchSequence(['g'], keys)).toEqual({ match: null, partial: true })
    expect(matchSequence(['g', 'r'], keys)).toEqual({ match: 'g r', partial: false })
    expect(matchSequence(['g', 'x'], keys)).toEqual({ match: null, partial: false })
    expect(matchSequence(['x'], keys)).toEqual({ match: 'x', partial: false })
  })
})

describe('searching by words', () => {
  it('wants every word somewhere', () => {
    expect(matchWords('otter base', ['brave-otter', 'baseline'])).toBe(true)
    expect(matchWords('OTTER', ['brave-otter'])).toBe(true)
    expect(matchWords('otter x', ['brave-otter'])).toBe(false)
    expect(matchWords('', ['anything'])).toBe(true)
  })
})
