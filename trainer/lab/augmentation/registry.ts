import { z } from 'zod'
import { LossboardError } from '../../../core/errors.ts'
import { imageShape } from '../data/examples.ts'
import type { Augmentation } from './augmentation.ts'
import { cutout } from './cutout.ts'
import { flip } from './flip.ts'
import { mixup } from './mixup.ts'
import { shift } from './shift.ts'

const pixels = z.int().min(0).default(0)

export const augmentSchema = z
  .strictObject({
    crop: pixels.describe('Pad every side with this many black pixels, then crop back to the size at a random place.'),
    shift: pixels.describe('Move up to this many pixels in both directions.'),
    shiftFill: z.enum(['zero', 'edge']).default('zero').describe('What comes in at the border of a shift: black, or the border pixel repeated.'),
    flip: z.boolean().default(false).describe('Mirror left and right with probability one half. Not for digits or text.'),
    cutout: pixels.describe('Side of a square painted black at a random place; it may lie partly outside.'),
    mixup: z
      .number()
      .min(0)
      .default(0)
      .describe('Mix each example and its target with another of the batch: λ x + (1 − λ) x′, one λ per batch from Beta(mixup, mixup). 0: off.'),
  })
  .describe('Random changes of training examples, in this order, on raw pixels before preprocessing; drawn with seeds.augmentation.')

export type AugmentConfig = z.infer<typeof augmentSchema>

/**
 * The changes asked for, in the order crop, shift, flip, cutout, mixup; null when there are none.
 * @throws LossboardError `invalid_option` when they do not suit examples of this shape. Mixup suits any.
 */
export function makeAugmentation(config: AugmentConfig, shape: readonly number[], classes: number): Augmentation | null {
  const image = imageShape(shape)
  const onImages = (['crop', 'shift', 'flip', 'cutout'] as const).filter((key) => config[key] !== 0 && config[key] !== false)
  if (!image) {
    if (onImages.length > 0)
      throw new LossboardError('invalid_option', `augment.${onImages[0]} changes images, but an example here is [${shape.join(', ')}]: leave it out`)
    return config.mixup > 0 ? mixup(shape, classes, config.mixup) : null
  }
  const side = Math.min(image[0], image[1])
  for (const key of ['crop', 'shift', 'cutout'] as const)
    if (config[key] > (key === 'cutout' ? side : side - 1))
      throw new LossboardError(
        'invalid_option',
        `augment.${key} is ${config[key]}: images are ${image[0]} × ${image[1]} pixels, so nothing would be left`,
      )
  const parts = [
    config.crop > 0 ? shift(image, config.crop, 'zero') : null,
    config.shift > 0 ? shift(image, config.shift, config.shiftFill) : null,
    config.flip ? flip(image) : null,
    config.cutout > 0 ? cutout(image, config.cutout) : null,
    config.mixup > 0 ? mixup(shape, classes, config.mixup) : null,
  ].filter((part) => part !== null)
  if (parts.length === 0) return null
  return {
    apply(inputs, targets, n, random) {
      for (const part of parts) part.apply(inputs, targets, n, random)
    },
  }
}
