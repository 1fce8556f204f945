import type { Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'

/** One element of a picture we draw ourselves: the same list becomes the SVG on the page and the exported file. */
export interface SvgShape {
  tag: 'g' | 'path' | 'rect' | 'line' | 'circle' | 'text'
  /** SVG attributes by their own names, `stroke-width` for example. */
  attributes: Record<string, string | number>
  /** Contents of a `text`. */
  text?: string
  children?: SvgShape[]
}

/** To a tenth of a pixel: finer is not seen and only makes files larger. */
export const tenth = (value: number) => Math.round(value * 10) / 10

export function rect(x: number, y: number, width: number, height: number, attributes: SvgShape['attributes']): SvgShape {
  return { tag: 'rect', attributes: { x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height), ...attributes } }
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): SvgShape {
  return { tag: 'line', attributes: { x1: tenth(x1), y1: tenth(y1), x2: tenth(x2), y2: tenth(y2), stroke, 'stroke-width': width } }
}

export interface TextOptions {
  fill: string
  /** Where x is in the text; default start. */
  anchor?: 'start' | 'middle' | 'end'
  bold?: boolean
  /** Pixels; default that of the look. */
  size?: number
  /** Degrees about the point. */
  turned?: number
}

/** A text whose middle is at y. */
export function text(words: string, x: number, y: number, look: Look, { fill, anchor, bold, size, turned }: TextOptions): SvgShape {
  const at = size ?? look.fontSize
  const [left, middle] = [tenth(x), tenth(y)]
  return {
    tag: 'text',
    text: words,
    attributes: {
      x: left,
      // A third of the height below the middle stands the line of small letters there, in every viewer alike.
      y: tenth(y + at * 0.35),
      fill,
      ...(anchor && anchor !== 'start' && { 'text-anchor': anchor }),
      ...(bold && { 'font-weight': 'bold' }),
      ...(size !== undefined && { 'font-size': tenth(size) }),
      ...(turned && { transform: `rotate(${turned} ${left} ${middle})` }),
    },
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** XML 1.0 has no place for these, escaped or not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that must go
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g
const escaped = (words: string) => words.replace(CONTROL, '�').replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)

function element({ tag, attributes, text: words, children }: SvgShape): string {
  const own = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
  const inside = words === undefined ? (children?.map(element).join('') ?? '') : escaped(words)
  return inside === '' ? `<${tag}${own.join('')}/>` : `<${tag}${own.join('')}>${inside}</${tag}>`
}

/** The shapes as a file of its own, on the background of the look. */
export function shapesToSvg(shapes: readonly SvgShape[], look: Look, { width, height }: Size): string {
  const font = `font-family="${escaped(look.font)}" font-size="${look.fontSize}"`
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${font}>`
  return `${[head, element(rect(0, 0, width, height, { fill: look.background })), ...shapes.map(element), '</svg>'].join('\n')}\n`
}
