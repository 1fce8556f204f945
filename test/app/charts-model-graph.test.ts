import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelGraphFixtures } from '../../app/_charts/model-graph/fixtures.ts'
import { modelGraph, NODE_HEIGHT, NODE_WIDTH } from '../../app/_charts/model-graph/graph-layout.ts'
import { modelGraphKind } from '../../app/_charts/model-graph/kind.ts'
import { layerText, shapeText, shortCount } from '../../app/_charts/model-graph/layer-text.ts'
import type { ModelLayer, ModelValue } from '../../core/kinds/values.ts'

const layer = (name: string, inputs?: string[], change: Partial<ModelLayer> = {}): ModelLayer => ({
  name,
  type: 'Dense',
  outputShape: [null, 8],
  parameters: 72,
  trainable: true,
  ...(inputs && { inputs }),
  ...change,
})
const model = (...layers: ModelLayer[]): ModelValue => ({ layers, parameters: 0, trainableParameters: 0 })

function overlaps(value: ModelValue): boolean {
  const { nodes } = modelGraph(value)
  return nodes.some((a, i) => nodes.slice(i + 1).some((b) => a.y === b.y && Math.abs(a.x - b.x) < NODE_WIDTH))
}

describe('the layout of a model graph', () => {
  test('a chain is straight and goes down', () => {
    const { nodes, edges } = modelGraph(model(layer('a', []), layer('b', ['a']), layer('c', ['b'])))
    expect(new Set(nodes.map((node) => node.x)).size).toBe(1)
    expect(nodes.map((node) => node.y)).toEqual([...nodes.map((node) => node.y)].sort((a, b) => a - b))
    expect(edges).toHaveLength(2)
  })
  test('a residual shortcut runs beside the layers it skips', () => {
    const { nodes, edges } = modelGraph(model(layer('a', []), layer('b', ['a']), layer('c', ['b']), layer('add', ['c', 'a'])))
    expect(new Set(nodes.map((node) => Math.round(node.x))).size).toBe(1)
    const shortcut = edges.find((edge) => edge.points.length > 2)!
    expect([shortcut.from, shortcut.to]).toEqual([0, 3])
    for (const { x } of shortcut.points.slice(1, -1)) expect(nodes.every((node) => x < node.x || x > node.x + NODE_WIDTH)).toBe(true)
  })
  test('the longest path of three hundred layers is straight, and the picture no wider than two nodes', () => {
    const { width, nodes } = modelGraph(modelGraphFixtures['three hundred layers']!().model)
    expect(width).toBeLessThan(2.5 * NODE_WIDTH)
    const adds = nodes.filter((node) => node.layer.type === 'Add').map((node) => node.x)
    expect(Math.max(...adds) - Math.min(...adds)).toBeLessThan(1)
  })
  test('of any connections: every edge once, downwards, no nodes on one another', () => {
    const graphs = fc.integer({ min: 1, max: 14 }).chain((n) => fc.array(fc.array(fc.nat(n - 1), { maxLength: 3 }), { minLength: n, maxLength: n }))
    fc.assert(
      fc.property(graphs, (inputs) => {
        const value = model(
          ...inputs.map((from, i) =>
            layer(
              `n${i}`,
              [...new Set(from)].filter((one) => one < i).map((one) => `n${one}`),
            ),
          ),
        )
        const { edges, nodes, width, height } = modelGraph(value)
        const wanted = value.layers.flatMap((one) => (one.inputs ?? []).map((from) => `${from} ${one.name}`))
        expect(edges.map((edge) => `n${edge.from} n${edge.to}`).sort()).toEqual(wanted.sort())
        for (const { from, to } of edges) expect(nodes[to]!.y).toBeGreaterThan(nodes[from]!.y)
        expect(overlaps(value)).toBe(false)
        for (const { x, y } of nodes) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x + NODE_WIDTH).toBeLessThanOrEqual(width)
          expect(y + NODE_HEIGHT).toBeLessThanOrEqual(height)
        }
      }),
      { numRuns: 60 },
    )
  })
  test('circles and loops, which no sane model has, still give a picture', () => {
    const odd = model(layer('a', ['c']), layer('b', ['a', 'b']), layer('c', ['b']))
    const { nodes, edges } = modelGraph(odd)
    expect(edges).toHaveLength(3)
    expect(nodes.every((node) => Number.isFinite(node.x) && Number.isFinite(node.y))).toBe(true)
    expect(overlaps(odd)).toBe(false)
  })
  test('older records do not tell connections: the order of the layers stands in, and that is said', () => {
    const value = model(layer('a'), layer('b'), layer('c'))
    expect(modelGraph(value)).toMatchObject({ connected: false })
    expect(modelGraphKind.notes({ title: 't', model: value }).join(' ')).toContain('What is connected was not recorded')
  })
  test('inputs from outside are named, and a model without layers is empty', () => {
    expect(modelGraph(model(layer('a', ['elsewhere']))).unknown).toEqual(['elsewhere'])
    expect(modelGraph(model())).toMatchObject({ width: 0, height: 0, nodes: [], edges: [] })
  })
})

describe('the words of a model graph', () => {
  test('shapes leave out the batch; counts have three digits', () => {
    expect([shapeText([null, 28, 28, 16]), shapeText([null]), shapeText([3, null])]).toEqual(['28 × 28 × 16', 'scalar', '3 × ?'])
    expect([0, 999, 1000, 999_600, 27_697_792].map(shortCount)).toEqual(['0', '999', '1 k', '1 M', '27.7 M'])
  })
  test('a layer tells all that is known of it', () => {
    const said = layerText(layer('conv', ['a', 'b'], { flops: 1234, trainable: false, weights: [{ name: 'conv/kernel', shape: [3, 3, 1, 8] }] }))
    expect(said).toEqual(['conv', 'Dense', 'output 8', '72 parameters, frozen', '1,234 FLOPs per example', 'kernel 3 × 3 × 1 × 8', 'from a, b'])
  })
})
