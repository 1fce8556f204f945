import type { Size } from './chart-kind.ts'

/**
 * Makes ECharts' SVG small and fit for a paper: no classes, no style sheet, no pointer attributes, coordinates to a tenth of a
 * pixel with relative paths, equal dots joined into one path, ids made from the contents. `inches` sets the printed width.
 */
export function cleanSvg(svg: string, size: Size, options: { inches?: number } = {}): string {
  const ids = new Map<string, string>()
  const renumber = (id: string) => {
    if (!ids.has(id)) ids.set(id, `clip-${ids.size}`)
    return ids.get(id)!
  }
  const body = joinDots(svg.replace(/<style[\s\S]*?<\/style>\s*/g, '').replace(/<(\w+)([^>]*?) *><\/\1>/g, '<$1$2/>'))
    // Only inside tags: numbers in texts are what people read.
    .replace(/<[^>]+>/g, (tag) =>
      tag
        .replace(/ (class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, '')
        .replace(/ (clip-path|fill|stroke)="url\(#([^")]+)\)"/g, (_, name: string, id: string) => ` ${name}="url(#${renumber(id)})"`)
        .replace(/ id="([^"]*)"/g, (_, id: string) => ` id="${renumber(id)}"`)
        .replace(/ d="(M[^"]*)"/g, (_, d: string) => ` d="${relativePath(d)}"`)
        .replace(/-?\d+\.\d{2,}/g, (number) => String(tenths(number) / 10))
        .replace(/stroke-linejoin="bevel"/g, 'stroke-linejoin="round"'),
    )
    .replace(/<defs *>\s*<\/defs>\s*|<defs *\/>\s*/g, '')
    .replace(/<svg[^>]*>\s*/, '')
    .replace(/\s*<\/svg>\s*$/, '')
  const width = options.inches ? `${options.inches}in` : String(size.width)
  const height = options.inches ? `${Number(((options.inches * size.height) / size.width).toFixed(3))}in` : String(size.height)
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${size.width} ${size.height}">`
  // Two figures pasted into one HTML page must not share ids.
  const prefix = `c${fingerprint(body)}`
  return `${head}\n${body.replace(/(id="|url\(#)clip-/g, `$1${prefix}-`)}\n</svg>\n`
}

function fingerprint(text: string): string {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619)
  return (value >>> 0).toString(36)
}

const tenths = (number: string) => Math.round(Number(number) * 10)

/** `M x y L x y …` in absolute numbers to moves and relative lines in tenths; rounded before subtracting, so nothing drifts. */
function relativePath(d: string): string {
  if (/[^ML0-9. eE-]/.test(d)) return d
  let x = 0
  let y = 0
  let text = ''
  let last = ''
  for (const [, command, px = '0', py = '0'] of d.matchAll(/([ML])(-?[\d.e-]+) (-?[\d.e-]+)/g)) {
    const [nextX, nextY] = [tenths(px), tenths(py)]
    const pair = command === 'M' ? join(nextX, nextY) : join(nextX - x, nextY - y)
    const letter = command === 'M' ? 'M' : 'l'
    text += letter === last && letter === 'l' ? (pair.startsWith('-') ? pair : ` ${pair}`) : letter + pair
    last = letter
    x = nextX
    y = nextY
  }
  return text
}

const short = (value: number) => String(value / 10).replace(/^(-?)0\./, '$1.')
const join = (x: number, y: number) => (y < 0 ? `${short(x)}${short(y)}` : `${short(x)} ${short(y)}`)

const CIRCLE =
  /<path d="M1 0A1 1 0 1 1 1 -0\.[\d]+A1 1 0 0 1 1 0" transform="matrix\(([\d.]+),0,0,\1,([-\d.]+),([-\d.]+)\)" fill="([^"]+)"(?: fill-opacity="([\d.]+)")?[^>]*\/>\s*/g

/** A run of equal circles becomes one path of zero-length strokes with round ends: a tenth of the size. */
function joinDots(svg: string): string {
  let style = ''
  let moves: string[] = []
  let end = -1
  let text = ''
  const flush = () => {
    if (moves.length > 0) text += `<path ${style} d="${moves.join('')}"/>\n`
    moves = []
  }
  let from = 0
  for (const match of svg.matchAll(CIRCLE)) {
    const [whole, radius = '1', x = '0', y = '0', fill, opacity] = match
    const look = `fill="none" stroke="${fill}" stroke-width="${Number(radius) * 2}" stroke-linecap="round"${opacity ? ` stroke-opacity="${opacity}"` : ''}`
    if (match.index !== end || look !== style) {
      flush()
      text += svg.slice(from, match.index)
      style = look
    }
    moves.push(`M${join(tenths(x), tenths(y))}h0`)
    end = match.index + whole.length
    from = end
  }
  flush()
  return text + svg.slice(from)
}
