import { describe, expect, it } from 'vitest'
import { NO_HISTORY, redone, remembered, undone } from '../../app/_study/settings-history.ts'
import { shellWord } from '../../app/_study/shell-word.ts'
import { drawnSettings, isBehind, settingsText, statisticalSettings } from '../../app/_study/study-settings.ts'
import { firstMetrics, projectsOf, suggestedName } from '../../app/_study/use-make-study.ts'
import { DEFAULT_TABLE_SETTINGS } from '../../core/ablation/table-settings.ts'
import { ACCURACY } from './study-fixture.ts'

describe('settings that numbers depend on', () => {
  it('are asked of the server, and no others', () => {
    expect(statisticalSettings({ alpha: 0.01, shadeBaseline: true, caption: 'x', hiddenRows: ['a'] })).toEqual({ alpha: 0.01, hiddenRows: ['a'] })
  })

  it('are drawn as computed until the new numbers are there; looks are at once', () => {
    const wanted = { ...DEFAULT_TABLE_SETTINGS, alpha: 0.01, shadeBaseline: true }
    const drawn = drawnSettings(wanted, DEFAULT_TABLE_SETTINGS)
    expect([drawn.alpha, drawn.shadeBaseline]).toEqual([0.05, true])
    expect(isBehind(wanted, DEFAULT_TABLE_SETTINGS)).toBe(true)
    expect(isBehind({ ...DEFAULT_TABLE_SETTINGS, shadeBaseline: true }, DEFAULT_TABLE_SETTINGS)).toBe(false)
  })

  it('stand in the address as JSON, and nothing does when nothing is overridden', () => {
    expect(settingsText({})).toBeNull()
    expect(settingsText({ spread: 'se' })).toBe('{"spread":"se"}')
  })
})

describe('undo', () => {
  it('goes back and forth, change by change', () => {
    const a = DEFAULT_TABLE_SETTINGS
    const b = { ...a, alpha: 0.01 }
    const c = { ...b, form: 'components' as const }
    let history = remembered(remembered(NO_HISTORY, a, { alpha: 0.01 }), b, { form: 'components' })
    const first = undone(history, c)
    expect(first?.change).toEqual({ form: 'without' })
    history = first!.history
    const second = undone(history, { ...c, ...first!.change })
    expect(second?.change).toEqual({ alpha: 0.05 })
    expect(undone(second!.history, a)).toBeNull()
    const again = redone(second!.history, a)
    expect(again?.change).toEqual({ alpha: 0.01 })
    expect(redone(again!.history, b)?.change).toEqual({ form: 'components' })
  })

  it('leaves alone what was changed elsewhere', () => {
    const history = remembered(NO_HISTORY, DEFAULT_TABLE_SETTINGS, { alpha: 0.01 })
    expect(undone(history, { ...DEFAULT_TABLE_SETTINGS, alpha: 0.01, spread: 'se' })?.change).toEqual({ alpha: 0.05 })
  })

  it('forgets what was undone once something else is changed', () => {
    const { history } = undone(remembered(NO_HISTORY, DEFAULT_TABLE_SETTINGS, { alpha: 0.01 }), DEFAULT_TABLE_SETTINGS)!
    expect(remembered(history, DEFAULT_TABLE_SETTINGS, { spread: 'se' }).future).toEqual([])
  })
})

describe('a study of ticked runs', () => {
  it('is named for the group that all share, else for the project of most', () => {
    expect(suggestedName([{ project: 'mnist', group: 'convnet' }])).toBe('convnet ablation')
    const runs = ['a', 'b', 'b'].map((project) => ({ project, group: null }))
    expect(suggestedName(runs)).toBe('b ablation')
    expect(projectsOf(runs)).toEqual(['b', 'a'])
    expect(suggestedName([{ project: 'ablations', group: null }])).toBe('ablations study')
  })

  it('begins with metrics that every run has', () => {
    const metric = (name: string, runs: number) => ({ metric: { ...ACCURACY, name }, runs })
    expect(firstMetrics([metric('a', 2), metric('b', 3), metric('c', 3), metric('d', 3)], 3).map(({ name }) => name)).toEqual(['b', 'c'])
    expect(firstMetrics([metric('a', 2)], 3).map(({ name }) => name)).toEqual(['a'])
  })
})

describe('a word of a command', () => {
  it.each([
    ['plain-name.tex', 'plain-name.tex'],
    ['parts of the model', "'parts of the model'"],
    ["it's $HOME `x`", `'it'\\''s $HOME \`x\`'`],
    ['', "''"],
  ])('%j is read by the shell as it is', (text, word) => {
    expect(shellWord(text)).toBe(word)
  })
})
