import { mixColours } from '../../../core/colour.ts'
import type { Look } from '../look.ts'

/** A cell of non-finite values: crossed out, so that it differs by more than colour. */
export function crossedCell(shape: { x: number; y: number; width: number; height: number }, look: Look) {
  const arm = Math.max(1.5, Math.min(4, shape.width / 2 - 0.5, shape.height / 2 - 1))
  const [cx, cy] = [shape.x + shape.width / 2, shape.y + shape.height / 2]
  // Half a map of it must not outshine the rest on black.
  const fill = look.theme === 'dark' ? mixColours(look.danger, look.background, 0.45) : look.danger
  const stroke = { stroke: look.background, lineWidth: 1 }
  return [
    { type: 'rect' as const, shape, style: { fill } },
    { type: 'line' as const, shape: { x1: cx - arm, y1: cy - arm, x2: cx + arm, y2: cy + arm }, style: stroke },
    { type: 'line' as const, shape: { x1: cx - arm, y1: cy + arm, x2: cx + arm, y2: cy - arm }, style: stroke },
  ]
}
