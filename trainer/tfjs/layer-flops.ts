import type { LayersModel } from '@tensorflow/tfjs'

type Layer = LayersModel['layers'][number]
type Shape = readonly number[]

interface LayerFacts {
  config: Record<string, unknown>
  /** Of one example, without the batch. */
  inputs: Shape[]
  output: Shape
  /** Shapes of the weights of rank 2 and more. */
  kernels: Shape[]
}

const size = (shape: Shape | undefined): number => (shape ?? []).reduce((product, length) => product * length, 1)
const perValue = (count: number) => (facts: LayerFacts) => count * size(facts.output)

/** Operations per value; a comparison, exp, tanh, erf and division count 1 each like an addition or multiplication. */
const ACTIVATIONS: Record<string, number> = {
  linear: 0,
  relu: 1,
  relu6: 2,
  tanh: 1,
  elu: 3,
  selu: 5,
  // Negate, exp, add, divide; the next one multiplies in addition.
  sigmoid: 4,
  swish: 5,
  // Scale, erf, add, two multiplications.
  gelu: 5,
  // Largest, subtract, exp, sum, divide.
  softmax: 5,
}

/** Multiplying each output's inputs by a kernel and adding up: n multiplications and n additions, the bias among them. */
const weighted = (facts: LayerFacts, inputsPerOutput: number): number | null => {
  const activation = ACTIVATIONS[String(facts.config.activation ?? 'linear')]
  return activation === undefined ? null : size(facts.output) * (2 * inputsPerOutput + (facts.config.useBias === true ? 1 : 0) + activation)
}

/** A kernel is [height, width, inputs, outputs]: one output weighs everything but the last dimension. */
const fullKernel = (facts: LayerFacts): number | null => weighted(facts, size(facts.kernels[0]?.slice(0, -1)))
const window = ({ config, output }: LayerFacts): number => size(output) * size(([] as number[]).concat(config.poolSize as number[]))
const merged = ({ inputs, output }: LayerFacts): number => (inputs.length - 1) * size(output)

/** By class name. Operations of one forward pass of one example in inference. */
const LAYERS: Record<string, (facts: LayerFacts) => number | null> = {
  InputLayer: perValue(0),
  Flatten: perValue(0),
  Reshape: perValue(0),
  Permute: perValue(0),
  ZeroPadding2D: perValue(0),
  Concatenate: perValue(0),
  Dropout: perValue(0),
  SpatialDropout1D: perValue(0),
  SeededDropout: perValue(0),
  GaussianNoise: perValue(0),
  Dense: fullKernel,
  Conv1D: fullKernel,
  Conv2D: fullKernel,
  Conv3D: fullKernel,
  DepthwiseConv2D: (facts) => weighted(facts, size(facts.kernels[0]?.slice(0, 2))),
  // Both statistics are known in inference: one multiplication and one addition.
  BatchNormalization: perValue(2),
  // Mean 1, difference 1, square and sum 2, scale 1, gain and shift 2; roots, one per group, are left out.
  LayerNormalization: perValue(7),
  LayerNorm: perValue(7),
  GroupNorm: perValue(7),
  InstanceNorm: perValue(7),
  Activation: ({ config, output }) => {
    const count = ACTIVATIONS[String(config.activation)]
    return count === undefined ? null : count * size(output)
  },
  ReLU: perValue(1),
  LeakyReLU: perValue(2),
  PReLU: perValue(2),
  ChannelPReLU: perValue(2),
  ELU: perValue(3),
  Softmax: perValue(5),
  MaxPooling1D: window,
  MaxPooling2D: window,
  AveragePooling1D: window,
  AveragePooling2D: window,
  GlobalAveragePooling1D: ({ inputs }) => size(inputs[0]),
  GlobalAveragePooling2D: ({ inputs }) => size(inputs[0]),
  GlobalMaxPooling1D: ({ inputs }) => size(inputs[0]),
  GlobalMaxPooling2D: ({ inputs }) => size(inputs[0]),
  Add: merged,
  Average: (facts) => merged(facts) + size(facts.output),
  Maximum: merged,
  Minimum: merged,
  Multiply: merged,
}

/**
 * Floating-point operations of one forward pass of one example through the layer, a multiplication and an addition counting as two.
 * Convolutions count every tap of the kernel at every position, also those over the padding. Null for types not in the table and
 * for shapes that are not fixed.
 */
export function layerFlops(layer: Layer): number | null {
  const count = LAYERS[layer.getClassName()]
  const inputs = exampleShapes(shapesOf(layer.inboundNodes[0]?.inputShapes ?? []))
  const output = exampleShapes(shapesOf(layer.outputShape))?.[0]
  if (!count || !inputs || !output) return null
  const kernels = layer.weights.map((weight) => weight.shape as number[]).filter((shape) => shape.length >= 2)
  return count({ config: layer.getConfig() as Record<string, unknown>, inputs, output, kernels })
}

/** Without the batch; null when a length is not fixed. */
function exampleShapes(shapes: readonly (readonly (number | null)[])[]): number[][] | null {
  const examples = shapes.map((shape) => shape.slice(1))
  return examples.every((shape) => shape.every((length) => length !== null)) ? (examples as number[][]) : null
}

/** TensorFlow.js gives one shape or a list of shapes. */
function shapesOf(given: unknown): (number | null)[][] {
  const shapes = given as (number | null)[] | (number | null)[][]
  return Array.isArray(shapes[0]) ? (shapes as (number | null)[][]) : [shapes as (number | null)[]]
}
