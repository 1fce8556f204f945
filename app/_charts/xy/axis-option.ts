import type { Tick } from '../../../core/ticks.ts'
import type { Look } from '../look.ts'

/** Line, ticks, labels and grid of a value axis whose ticks we placed ourselves. */
export function axisParts(ticks: Tick[], look: Look) {
  const values = ticks.map((tick) => tick.value)
  const words = new Map(ticks.map((tick) => [tick.value, tick.label]))
  return {
    silent: true,
    axisLine: { show: true, onZero: false, lineStyle: { color: look.axis } },
    axisTick: { show: true, length: 4, lineStyle: { color: look.axis }, customValues: values },
    splitLine: { show: true, lineStyle: { color: look.grid, width: 1 } },
    axisLabel: {
      customValues: values,
      formatter: (value: number) => words.get(value) ?? '',
      color: look.muted,
      fontSize: look.fontSize,
      fontFamily: look.font,
      margin: 8,
      hideOverlap: true,
    },
  }
}
