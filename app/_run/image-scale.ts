export interface ShownImage {
  width: number
  height: number
  /** Every pixel as a sharp square: when it is enlarged, which is always by a whole number. */
  pixelated: boolean
  /** CSS pixels per pixel of the image. */
  scale: number
}

/**
 * How large an image is shown in a box: small ones enlarged by a whole number, since their pixels are the point; large ones made smaller.
 * Nothing is ever blurred by enlarging.
 * @param most largest enlargement; default none
 */
export function imageScale(
  image: { width: number; height: number },
  box: { width: number; height: number },
  most = Number.POSITIVE_INFINITY,
): ShownImage {
  const [width, height] = [Math.max(1, image.width), Math.max(1, image.height)]
  const fit = Math.min(box.width / width, box.height / height)
  const scale = fit >= 1 ? Math.max(1, Math.min(most, Math.floor(fit))) : fit
  return { width: Math.round(width * scale), height: Math.round(height * scale), pixelated: scale >= 1, scale }
}
