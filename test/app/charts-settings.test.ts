import { describe, expect, test } from 'vitest'
import { namesSmoothing, readAmount, readSettings, readX, readZoom, type UrlValues, zoomText } from '../../app/_charts/chart-settings.ts'

const url = (change: Partial<UrlValues> = {}): UrlValues => ({
  smoothing: null,
  smooth: null,
  x: null,
  logy: null,
  outliers: null,
  zoom: null,
  order: null,
  ...change,
})

describe('chart settings in the URL', () => {
  test('defaults: TensorBoard smoothing 0.6 by step', () => {
    expect(readSettings(url())).toEqual({
      smoothing: { kind: 'ema', weight: 0.6 },
      x: { kind: 'step' },
      logY: false,
      clipOutliers: false,
      zoom: null,
      order: 'nearest',
    })
  })

  test('nonsense gives the defaults', () => {
    const nonsense = url({ smoothing: 'blur', smooth: 'NaN', x: '<script>', logy: 'yes', outliers: '1', zoom: '9~1', order: 'random' })
    expect(readSettings(nonsense)).toEqual(readSettings(url()))
  })

  test('a smoothing is chosen only by an address that names one', () => {
    const chosen = [{ smooth: '0.6' }, { smooth: '0' }, { smoothing: 'ema' }, { smoothing: 'mean', smooth: '24' }, { smoothing: 'none' }]
    const not = [{}, { smooth: 'abc' }, { smooth: '' }, { smooth: '7' }, { smoothing: 'blur' }]
    expect(chosen.map((one) => namesSmoothing(url(one)))).toEqual(chosen.map(() => true))
    expect(not.map((one) => namesSmoothing(url(one)))).toEqual(not.map(() => false))
  })

  test.each(['1', '-0.1', '1e9', '', ' ', 'Infinity', '0x'])('smoothing weight %j falls back to 0.6', (text) => {
    expect(readAmount('ema', text)).toBe(0.6)
  })

  test('weight 0 means no smoothing', () => {
    expect(readSettings(url({ smooth: '0' })).smoothing).toEqual({ kind: 'none' })
  })

  test('other kinds of smoothing take their own amount', () => {
    expect(readSettings(url({ smoothing: 'mean', smooth: '10' })).smoothing).toEqual({ kind: 'mean', window: 11 })
    expect(readSettings(url({ smoothing: 'gaussian' })).smoothing).toEqual({ kind: 'gaussian', sigma: 5 })
    expect(readSettings(url({ smoothing: 'time', smooth: '200' })).smoothing).toEqual({ kind: 'time', halfLife: 200 })
    expect(readSettings(url({ smoothing: 'none', smooth: '0.9' })).smoothing).toEqual({ kind: 'none' })
  })

  test('x is a time axis or the name of a metric', () => {
    expect(readX('relative')).toEqual({ kind: 'relative' })
    expect(readX('wall')).toEqual({ kind: 'wall' })
    expect(readX('epoch')).toEqual({ kind: 'metric', name: 'epoch' })
    expect(readX('a//b')).toEqual({ kind: 'step' })
  })

  test.each(['', '1', '1~', '~2', '2~1', '1~1', '1~NaN', 'a~b', '1~2~3', '1e999~2e999'])('zoom %j is none', (text) => {
    expect(readZoom(text)).toBeNull()
  })

  test('a zoom survives the URL to a thousandth of its width', () => {
    for (const range of [
      [0, 1],
      [-5.25, 1e6],
      [1_700_000_000_123.4, 1_700_000_050_000],
      [1e-7, 3e-7],
    ] as [number, number][]) {
      const back = readZoom(zoomText(range))!
      expect(Math.abs(back[0] - range[0])).toBeLessThanOrEqual((range[1] - range[0]) / 1000)
      expect(Math.abs(back[1] - range[1])).toBeLessThanOrEqual((range[1] - range[0]) / 1000)
    }
  })
})
