import type { z } from 'zod'

/** How the weight matrices start (biases start at 0, gains at 1): one file in this folder, one line in `registry.ts`. */
export interface Initializer<Schema extends z.ZodObject = z.ZodObject> {
  readonly schema: Schema
  /**
   * The first value of one weight, in double precision.
   * @param fanIn Din: inputs of one unit, for a convolution kernel height × width × input channels
   * @param gaussian a standard normal number at each call
   */
  draw(options: z.output<Schema>, fanIn: number, gaussian: () => number): number
}
