import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GraphicComponent, GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { ChartKind, ChartOption, Size } from './chart-kind.ts'
import { cleanSvg } from './clean-svg.ts'
import type { Look } from './look.ts'

use([LineChart, ScatterChart, CustomChart, GridComponent, GraphicComponent, SVGRenderer])

/** A chart as a small SVG text: no script, no style sheet, ids counted from 0. Works in Node and in the browser. */
export function renderSvg<Data>(kind: ChartKind<Data>, data: Data, look: Look, size: Size, options: { inches?: number } = {}): string {
  if (kind.renderer === 'svg') return printed(kind.svg(data, look, size), size, options)
  return optionToSvg(kind.option(data, look, size), look, size, options)
}

/** The same drawing with a width in inches, as papers want it. */
function printed(svg: string, { width, height }: Size, { inches }: { inches?: number }): string {
  if (inches === undefined) return svg
  return svg.replace(`width="${width}" height="${height}"`, `width="${inches}in" height="${Number(((inches * height) / width).toFixed(3))}in"`)
}

function optionToSvg(option: ChartOption, look: Look, size: Size, options: { inches?: number }): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption({ ...option, backgroundColor: look.background })
    return cleanSvg(chart.renderToSVGString(), size, options)
  } finally {
    chart.dispose()
  }
}
