import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLossboardError } from '../../core/errors.ts'
import { KINDS, type KindName, recordKind } from '../../core/kinds/registry.ts'
import type { Json } from '../../core/run.ts'
import { edgesHistogram, ratioHistogram } from './kinds/histograms.ts'

const line = fc.stringMatching(/^[a-z0-9 ]{0,20}[a-z]$/)
const stored = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('NaN', 'Infinity', '-Infinity'))
const json = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.array(fc.integer())), { maxKeys: 5 })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const shape = fc.array(fc.option(fc.nat()))
const prCurve = fc.array(fc.tuple(share, share, stored), { maxLength: 10 }).map((points) => ({
  class: 'cat',
  precision: points.map(([precision]) => precision),
  recall: points.map(([, recall]) => recall).sort((a, b) => a - b),
  threshold: points.map(([, , threshold]) => threshold),
  averagePrecision: points.length === 0 ? null : 0.5,
  positives: points.length,
  points: points.length + 3,
}))

/** Values that each kind takes. */
const GOOD: { [Name in KindName]: fc.Arbitrary<unknown> } = {
  histogram: fc.oneof(edgesHistogram, ratioHistogram),
  image: fc.record({
    width: fc.nat(),
    height: fc.nat(),
    type: fc.constantFrom('image/png', 'image/jpeg', 'image/gif', 'image/webp'),
    caption: fc.option(fc.string()),
    hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    bytes: fc.nat(),
  }),
  text: fc.record({ text: fc.string(), format: fc.constantFrom('plain', 'markdown') }),
  console: fc.record({ stream: fc.constantFrom('stdout', 'stderr'), text: fc.string(), skippedLines: fc.nat() }),
  model: fc.record({
    layers: fc.array(
      fc.record(
        {
          name: fc.string(),
          type: fc.string(),
          outputShape: shape,
          parameters: fc.nat(),
          trainable: fc.boolean(),
          inputs: fc.array(fc.string()),
          flops: fc.option(fc.nat()),
          weights: fc.array(fc.record({ name: fc.string(), shape: fc.array(fc.nat()) })),
        },
        // Records of version 0.1 have these only.
        { requiredKeys: ['name', 'type', 'outputShape', 'parameters', 'trainable'] },
      ),
    ),
    parameters: fc.nat(),
    trainableParameters: fc.nat(),
  }),
  'confusion-matrix': fc.integer({ min: 1, max: 5 }).chain((n) => {
    const row = fc.array(fc.nat(), { minLength: n, maxLength: n })
    return fc.record({
      split: fc.option(line),
      classes: fc.array(line, { minLength: n, maxLength: n }),
      counts: fc.array(row, { minLength: n, maxLength: n }),
      unplaced: row,
    })
  }),
  'pr-curve': fc.record({ split: fc.option(line), curves: fc.array(prCurve), examples: fc.nat(), nanScores: fc.nat(), thinned: fc.boolean() }),
  checkpoint: fc.record({
    format: line,
    step: fc.nat(),
    epoch: fc.option(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
    bytes: fc.nat(),
    hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    reason: fc.array(fc.constantFrom('interval', 'best', 'last', 'snapshot')),
    metrics: fc.dictionary(fc.string(), stored),
    pruned: fc.boolean(),
  }),
  finding: fc.record({
    code: fc.stringMatching(/^[a-z0-9]{1,5}(-[a-z]{1,5})?$/),
    severity: fc.constantFrom('critical', 'warning', 'info'),
    title: line,
    detail: fc.string(),
    evidence: json,
  }),
  facts: fc.record({ data: json }),
  audio: fc.record({
    type: fc.constantFrom('audio/wav', 'audio/mpeg', 'audio/ogg', 'audio/flac', null),
    sampleRate: fc.option(fc.double({ min: 1, max: 1e6, noNaN: true })),
    channels: fc.option(fc.nat()),
    frames: fc.option(fc.nat()),
    label: fc.option(fc.string()),
    hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    bytes: fc.nat(),
  }),
  'event-data': fc.record({
    plugin: fc.string(),
    format: line,
    dtype: fc.option(fc.nat()),
    shape: fc.option(fc.array(fc.integer({ min: -1 }))),
    note: fc.option(line),
    hash: fc.stringMatching(/^[0-9a-f]{64}$/),
    bytes: fc.nat(),
  }),
}

const MATRIX = { split: null, classes: ['a', 'b'], unplaced: [0, 0] }
const CURVE = { class: 'a', precision: [1, 0.5], recall: [0.5, 1], threshold: [2, 1], averagePrecision: 0.75, positives: 1, points: 2 }
const CURVES = { split: null, examples: 2, nanScores: 0, thinned: false }
const CHECKPOINT = { format: 'x', step: 1, epoch: null, bytes: 1, hash: 'a'.repeat(64), reason: [], metrics: {}, pruned: false }
const AUDIO = { type: null, sampleRate: null, channels: null, frames: null, label: null, hash: 'a'.repeat(64), bytes: 1 }
const EVENT_DATA = { plugin: 'mesh', format: 'summary-value', dtype: null, shape: null, note: null, hash: 'a'.repeat(64), bytes: 1 }
const FINDING = { code: 'odd', severity: 'info', title: 'odd', detail: '', evidence: {} }

/** One wrong value per rule of each kind, and what is said. */
const BAD: { [Name in KindName]: [value: unknown, message: string][] } = {
  histogram: [
    [null, 'expected an object, got null'],
    [{ layout: 'linear', nonFinite: 0 }, 'layout must be'],
    [{ layout: 'edges', edges: [0, 1], counts: [1] }, 'nonFinite must be a count'],
    [{ layout: 'edges', edges: [0, 1], counts: [-1], nonFinite: 0 }, 'counts[0] must be a count'],
    [{ layout: 'edges', edges: [0, 1], counts: [0.5], nonFinite: 0 }, 'got 0.5'],
    [{ layout: 'edges', edges: [0], counts: [], nonFinite: 0 }, 'at least one bin'],
    [{ layout: 'edges', edges: [0, 1, 2], counts: [1], nonFinite: 0 }, '1 counts need 2 edges, got 3'],
    [{ layout: 'edges', edges: [1, 0], counts: [1], nonFinite: 0 }, 'edges must increase'],
    [{ layout: 'edges', edges: [0, Number.POSITIVE_INFINITY], counts: [1], nonFinite: 0 }, 'finite'],
    [{ layout: 'log10-ratio', counts: [1], nonFinite: 0 }, 'has 80 counts, got 1'],
    [{ layout: 'log10-ratio', counts: Array(80).fill(0), nonFinite: 0 }, 'zero must be a count'],
  ],
  image: [
    [[], 'expected an object, got an array of 0'],
    [{ type: 'image/svg+xml' }, 'type must be one of image/png'],
    [{ type: 'image/png', hash: 'x' }, '64 hexadecimal digits'],
    [{ type: 'image/png', hash: 'a'.repeat(64), width: -1 }, 'width must be a count'],
    [{ type: 'image/png', hash: 'a'.repeat(64), width: 1, height: 1, caption: 5 }, 'caption must be a string'],
  ],
  text: [
    [{ text: 5 }, 'text must be a string, got 5'],
    [{ text: 'x', format: 'html' }, 'format must be'],
    [{ text: 'x'.repeat(1_000_001), format: 'plain' }, '1000001 characters'],
  ],
  console: [
    [{ stream: 'stdin' }, 'stream must be'],
    [{ stream: 'stdout', text: 'x' }, 'skippedLines must be a count, got undefined'.replace('count', 'count (a whole number from 0)')],
  ],
  model: [
    [{ layers: {} }, 'layers must be an array, got an object'],
    [{ layers: [{ name: 'a', type: 'Dense', outputShape: 3, trainable: true }] }, 'outputShape of layer "a" must be an array'],
    [{ layers: [{ name: 'a', type: 'Dense', outputShape: [], parameters: 1, trainable: 1 }] }, 'trainable of layer "a" must be true or false'],
    [{ layers: [], parameters: 0, trainableParameters: 0, flops: 0.5 }, 'flops must be a count'],
    [{ layers: [], parameters: 0, trainableParameters: 0, inputShape: 784 }, 'inputShape must be an array'],
  ],
  'confusion-matrix': [
    [{ ...MATRIX, counts: [[1, 2]] }, '2 classes need 2 × 2 counts, got an array of 1'],
    [{ ...MATRIX, counts: [[1, 2], [1]] }, '2 classes need 2 × 2 counts'],
    [
      {
        ...MATRIX,
        counts: [
          [1, 2],
          [1, -1],
        ],
      },
      'counts[1][1] must be a count',
    ],
    [{ ...MATRIX, classes: [], counts: [], unplaced: [] }, '1 to 1000 classes are possible, got 0'],
    [
      {
        ...MATRIX,
        counts: [
          [1, 2],
          [3, 4],
        ],
        unplaced: [0],
      },
      '2 classes need 2 unplaced counts, got 1',
    ],
    [
      {
        ...MATRIX,
        classes: ['a', 'b\nc'],
        counts: [
          [1, 2],
          [3, 4],
        ],
      },
      'classes[1] must be one line',
    ],
  ],
  'pr-curve': [
    [{ ...CURVES, curves: [{ ...CURVE, precision: [1, 1.5] }] }, 'curves[0].precision[1] must be a number from 0 to 1, got 1.5'],
    [{ ...CURVES, curves: [{ ...CURVE, threshold: [1] }] }, 'as many recalls and thresholds'],
    [{ ...CURVES, curves: [{ ...CURVE, threshold: [1, 'high'] }] }, 'curves[0].threshold[1] must be a number'],
    [{ ...CURVES, curves: [{ ...CURVE, recall: [1, 0.5] }] }, 'recall must not decrease'],
    [{ ...CURVES, curves: [{ ...CURVE, points: 1 }] }, 'fewer than the 2 points given'],
  ],
  checkpoint: [
    [{ ...CHECKPOINT, hash: 'x' }, '64 hexadecimal digits'],
    [{ ...CHECKPOINT, epoch: -1 }, 'epoch must be a number from 0, or null'],
    [{ ...CHECKPOINT, reason: ['worst'] }, 'reason[0] must be one of interval, best, last, snapshot'],
    [{ ...CHECKPOINT, metrics: { loss: '0.5' } }, 'metrics["loss"] must be a number'],
    [{ ...CHECKPOINT, pruned: 0 }, 'pruned must be true or false'],
  ],
  finding: [
    [{ ...FINDING, code: 'Odd Loss' }, 'lower-case words joined with hyphens'],
    [{ ...FINDING, severity: 'error' }, 'severity must be one of critical, warning, info'],
    [{ ...FINDING, title: '' }, 'title must be one line'],
    [{ ...FINDING, evidence: 5 }, 'evidence must be a plain object'],
    [{ ...FINDING, evidence: { at: () => 5 } }, 'evidence.at is a function'],
  ],
  facts: [
    [{}, 'data must be a plain object, got undefined'],
    [{ data: { n: 5n } }, 'data.n is the bigint 5n'],
  ],
  audio: [
    [{ ...AUDIO, type: 'audio/midi' }, 'type must be one of audio/wav, audio/mpeg, audio/ogg, audio/flac or null'],
    [{ ...AUDIO, sampleRate: 0 }, 'sampleRate must be a number above 0'],
    [{ ...AUDIO, frames: -1 }, 'frames must be a count'],
    [{ ...AUDIO, hash: 'x' }, '64 hexadecimal digits'],
  ],
  'event-data': [
    [{ ...EVENT_DATA, plugin: 5 }, 'plugin must be a string'],
    [{ ...EVENT_DATA, shape: [1.5] }, 'shape[0] must be a whole number'],
    [{ ...EVENT_DATA, bytes: -1 }, 'bytes must be a count'],
  ],
}

describe.each(Object.keys(KINDS) as KindName[])('kind %s', (name) => {
  const kind = recordKind(name)

  it('is registered under its own name', () => {
    expect(kind?.kind).toBe(name)
  })

  it('comes back from JSON as it was, and has a summary of one line', () => {
    fc.assert(
      fc.property(GOOD[name], (value) => {
        const checked = kind?.check(value)
        expect(checked).toEqual(value)
        const text = JSON.stringify(kind?.encode(checked).payload)
        expect(kind?.decode(JSON.parse(text) as Json)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(kind?.summarise(checked)).not.toMatch(/undefined|\[object/)
      }),
    )
  })

  it('says what is wrong with other values', () => {
    for (const [value, message] of BAD[name]) {
      try {
        kind?.check(value)
        expect.unreachable(message)
      } catch (error) {
        if (!isLossboardError(error)) throw error
        expect([error.code, error.message]).toEqual(['invalid_value', expect.stringContaining(message)])
      }
    }
  })
})

describe('unknown kinds', () => {
  it('are told by undefined, also those named like a method of objects', () => {
    expect([recordKind('video'), recordKind('toString')]).toEqual([undefined, undefined])
  })
})
