import { mixColours } from '../../../core/colour.ts'
import type { Look } from '../look.ts'

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A cell of non-finite values: crossed out, so that it differs by more than colour. */
export function crossedCell(shape: Box, look: Look) {
  const { cx, cy, arm } = middle(shape)
  // Half a map of it must not outshine the rest on black.
  const fill = look.theme === 'dark' ? mixColours(look.danger, look.background, 0.45) : look.danger
  const stroke = { stroke: look.background, lineWidth: 1 }
  return [
    { type: 'rect' as const, shape, style: { fill } },
    { type: 'line' as const, shape: { x1: cx - arm, y1: cy - arm, x2: cx + arm, y2: cy + arm }, style: stroke },
    { type: 'line' as const, shape: { x1: cx - arm, y1: cy + arm, x2: cx + arm, y2: cy - arm }, style: stroke },
  ]
}

/** Where nothing was measured: no colour and a stroke, so that it cannot be taken for a low value. */
export function slashedCell(shape: Box, look: Look) {
  const { cx, cy, arm } = middle(shape)
  return [{ type: 'line' as const, shape: { x1: cx - arm, y1: cy + arm, x2: cx + arm, y2: cy - arm }, style: { stroke: look.axis, lineWidth: 1 } }]
}

function middle({ x, y, width, height }: Box) {
  return { cx: x + width / 2, cy: y + height / 2, arm: Math.max(1.5, Math.min(4, width / 2 - 0.5, height / 2 - 1)) }
}
