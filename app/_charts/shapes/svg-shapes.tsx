import { createElement, memo } from 'react'
import type { SvgShape } from './shape.ts'

/** React's spelling: `stroke-width` → `strokeWidth`. */
const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function draw({ tag, attributes, text, children }: SvgShape, key: number): React.ReactNode {
  const own = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [camel(name), value]))
  return createElement(tag, { ...own, key }, text ?? children?.map(draw))
}

/** The shapes inside an `svg` of the page. Drawn anew only for another list. */
export const SvgShapes = memo(function SvgShapes({ shapes }: { shapes: readonly SvgShape[] }) {
  return shapes.map(draw)
})
