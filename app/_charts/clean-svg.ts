import type { Size } from './chart-kind.ts'

/**
 * Makes ECharts' SVG small and fit for a paper: no classes, no style sheet, no pointer attributes, coordinates to a hundredth of a
 * pixel, ids counted from 0. `inches` sets the printed width.
 */
export function cleanSvg(svg: string, size: Size, options: { inches?: number } = {}): string {
  const ids = new Map<string, string>()
  const renumber = (id: string) => {
    if (!ids.has(id)) ids.set(id, `c${ids.size}`)
    return ids.get(id)!
  }
  const body = svg
    .replace(/<style[\s\S]*?<\/style>\s*/g, '')
    .replace(/ (class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, '')
    .replace(/ (id|clip-path|fill)="(?:url\(#([^")]+)\)|([^"]*))"/g, (whole, name: string, reference?: string, plain?: string) => {
      if (reference) return ` ${name}="url(#${renumber(reference)})"`
      return name === 'id' && plain ? ` id="${renumber(plain)}"` : whole
    })
    .replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))))
    .replace(/ stroke-linejoin="bevel"/g, ' stroke-linejoin="round"')
    .replace(/<(\w+)([^>]*?) *><\/\1>/g, '<$1$2/>')
    .replace(/<defs *>\s*<\/defs>\s*|<defs *\/>\s*/g, '')
    .replace(/<svg[^>]*>\s*/, '')
    .replace(/\s*<\/svg>\s*$/, '')
  const width = options.inches ? `${options.inches}in` : String(size.width)
  const height = options.inches ? `${Number(((options.inches * size.height) / size.width).toFixed(3))}in` : String(size.height)
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${size.width} ${size.height}">`
  return `${head}\n${body}\n</svg>\n`
}
