import type { Tick } from '../../../core/ticks.ts'
import type { Look } from '../look.ts'
import { axisParts } from './axis-option.ts'
import type { Plot } from './xy-data.ts'

interface NamedAxis {
  min: number
  max: number
  ticks: Tick[]
  name: string
}

/** What every chart with a plot area of ours begins with: no animation, the plot where we laid it out, and a named x axis. */
export function frameOption(plot: Plot, { min, max, ticks, name }: NamedAxis, look: Look) {
  return {
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: look.font },
    grid: { left: plot.left, top: plot.top, width: plot.width, height: plot.height, outerBoundsMode: 'none' as const },
    xAxis: {
      type: 'value' as const,
      min,
      max,
      ...axisParts(ticks, look),
      splitLine: { show: false },
      name,
      nameLocation: 'middle' as const,
      nameGap: Math.round(look.fontSize * 1.6) + 6,
      nameTextStyle: { color: look.muted, fontSize: look.fontSize, fontFamily: look.font },
    },
  }
}
