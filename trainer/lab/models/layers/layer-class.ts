import type { LayersModel } from '@tensorflow/tfjs'

type Layer = LayersModel['layers'][number]

/** A class of layers made for one copy of TensorFlow.js. Named, because the types of the package cannot describe the class itself. */
export type LayerClass<Options, Own = object> = new (options: Options) => Layer & Own
