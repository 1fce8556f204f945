import type { CustomSeriesRenderItemReturn } from 'echarts'
import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts'
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { ComponentType } from 'react'
import type { Look } from './look.ts'

/** The part of ECharts that is loaded; anything else would not draw. */
export type ChartOption = ComposeOption<LineSeriesOption | ScatterSeriesOption | CustomSeriesOption | GridComponentOption | GraphicComponentOption>

export type SeriesOption = LineSeriesOption | ScatterSeriesOption | CustomSeriesOption

/** A shape that a custom series draws. */
export type CustomShape = NonNullable<CustomSeriesRenderItemReturn>

/** CSS pixels. */
export interface Size {
  width: number
  height: number
}

/** What is drawn, as rows for a CSV file. Numbers are written in full precision. */
export interface ChartTable {
  /** Lines written as `# …` before the header: what the rows are and what is left out. */
  comments: string[]
  header: string[]
  rows: (string | number)[][]
}

/**
 * A kind of chart: pure functions from data to what is drawn and said. No DOM, no React, no store.
 * Adding one is a folder with such an object and a line in `registry.ts`.
 */
export type ChartKind<Data> = {
  readonly id: string
  /** Heading in the gallery. */
  readonly title: string
  /** One sentence: the picture in words, for screen readers. */
  summary(data: Data): string
  /** What a reader must know to trust the picture: smoothing, thinning, clipping, what is left out. One short sentence each. */
  notes(data: Data): string[]
  table(data: Data): ChartTable
  /** Size of its pictures where nothing else gives one (golden files); default 480 × 260. */
  readonly size?: Size
  /** Height over width of exported figures; default 0.62 for a column and 0.42 for a page. */
  readonly aspect?: number | ((data: Data) => number)
  /** Example data by name; each becomes a gallery tile and a golden SVG. Must be deterministic. */
  readonly fixtures: Record<string, () => Data>
} & (
  | { readonly renderer: 'echarts'; option(data: Data, look: Look, size: Size): ChartOption }
  | { readonly renderer: 'svg'; svg(data: Data, look: Look, size: Size): string }
)

export interface ChartViewProps<Data> {
  /** Unique on the page. */
  id: string
  data: Data
}

/** A kind with the card that shows given data: what the registry holds. */
export type ChartEntry<Data> = ChartKind<Data> & { readonly View: ComponentType<ChartViewProps<Data>> }
