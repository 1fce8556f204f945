import type * as tfjs from '@tensorflow/tfjs'

/** The TensorFlow.js module as the adapters take it: whichever copy the user trains with. Types only; nothing is loaded here. */
export type Tf = typeof tfjs
