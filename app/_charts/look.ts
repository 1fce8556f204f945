/** Everything about the appearance of a chart that is not data. Options are built from it, so one option serves screen, export and golden file. */
export interface Look {
  theme: 'light' | 'dark'
  background: string
  text: string
  /** Tick labels and axis titles. */
  muted: string
  axis: string
  grid: string
  accent: string
  danger: string
  warning: string
  info: string
  /** Tint of a reference band. */
  band: string
  font: string
  /** Pixels. */
  fontSize: number
  lineWidth: number
  /** Draw title and legend inside the picture: exports need them, cards show them as HTML. */
  selfContained: boolean
}

const SCREEN = { font: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", fontSize: 11, lineWidth: 1.5, selfContained: false }

/** The colours of `globals.css`, for places without a document (tests, server). In the browser `theme.ts` reads the live values. */
export const LIGHT_LOOK: Look = {
  ...SCREEN,
  theme: 'light',
  background: '#ffffff',
  text: '#1a1a1e',
  muted: '#54545d',
  axis: '#c8c8cf',
  grid: '#ececef',
  accent: '#3d57cf',
  danger: '#bd2130',
  warning: '#8a5100',
  info: '#0a66b8',
  band: 'rgba(26,116,56,0.08)',
}

export const DARK_LOOK: Look = {
  ...SCREEN,
  theme: 'dark',
  background: '#0f1012',
  text: '#e8e9eb',
  muted: '#a6a9b1',
  axis: '#3d4047',
  grid: '#212327',
  accent: '#96a8ff',
  danger: '#ff8585',
  warning: '#e3ab52',
  info: '#72b6ff',
  band: 'rgba(99,197,131,0.10)',
}

/** For papers: white, black text, thin grey grid, 8 pt Helvetica (10.67 px at 96 dpi), legend in the picture. */
export const PAPER_LOOK: Look = {
  theme: 'light',
  background: '#ffffff',
  text: '#000000',
  muted: '#000000',
  axis: '#000000',
  grid: '#e6e6e6',
  accent: '#3d57cf',
  danger: '#bd2130',
  warning: '#8a5100',
  info: '#0a66b8',
  band: 'rgba(26,116,56,0.10)',
  font: 'Helvetica, Arial, sans-serif',
  fontSize: 10.67,
  lineWidth: 1.25,
  selfContained: true,
}

/** Inches of one and two columns of common paper templates. */
export const PAPER_WIDTHS = { column: 3.3, page: 6.9 } as const

/** Width of a text in pixels, estimated alike everywhere, so that layout does not depend on installed fonts. */
export function textWidth(text: string, fontSize: number): number {
  let units = 0
  for (const character of text)
    units += /[il.,:;'|! ]/.test(character) ? 0.3 : /[mwMW@—]/.test(character) ? 0.9 : /[A-Z%]/.test(character) ? 0.7 : 0.57
  return units * fontSize
}
