import type { ChartKind } from './chart-kind.ts'
import { csvText } from './csv-text.ts'
import { type Look, PAPER_LOOK, PAPER_WIDTHS } from './look.ts'

/** Height of an exported figure as a share of its width. */
const ASPECTS = { column: 0.62, page: 0.42 } as const
const ASPECT_PNG = 0.525
/** Browsers draw no canvas that is higher (pixels). */
const CANVAS_MAX = 16_000

function aspectOf<Data>({ aspect }: ChartKind<Data>, data: Data): number | undefined {
  return typeof aspect === 'function' ? aspect(data) : aspect
}

export function fileName(title: string, extension: string): string {
  return `${title.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '') || 'chart'}.${extension}`
}

function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun when the next task runs; Safari needs the address a little longer.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export function exportCsv<Data>(kind: ChartKind<Data>, data: Data, title: string): void {
  download(fileName(title, 'csv'), new Blob([csvText(kind.table(data))], { type: 'text/csv;charset=utf-8' }))
}

/** Small SVG for papers: white, black text, as wide as a column (3.3 in) or the page (6.9 in). */
export async function exportSvg<Data>(kind: ChartKind<Data>, data: Data, title: string, width: keyof typeof PAPER_WIDTHS): Promise<void> {
  const { renderSvg } = await import('./render-svg.ts')
  const inches = PAPER_WIDTHS[width]
  const size = { width: Math.round(inches * 96), height: Math.round(inches * 96 * (aspectOf(kind, data) ?? ASPECTS[width])) }
  const svg = renderSvg(kind, data, PAPER_LOOK, size, { inches })
  download(fileName(title, 'svg'), new Blob([svg], { type: 'image/svg+xml' }))
}

/** PNG as on the screen, in its theme, at twice the size, with title and legend in the picture. */
export async function exportPng<Data>(kind: ChartKind<Data>, data: Data, title: string, look: Look, width: number): Promise<void> {
  const { renderSvg } = await import('./render-svg.ts')
  const own = { ...look, selfContained: true }
  const legend = Math.ceil(look.fontSize * 4)
  const full = { width, height: Math.round(width * (aspectOf(kind, data) ?? ASPECT_PNG)) + legend }
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([renderSvg(kind, data, own, full)], { type: 'image/svg+xml' }))
  try {
    await image.decode()
    const canvas = document.createElement('canvas')
    const sharper = Math.min(2, CANVAS_MAX / full.height)
    canvas.width = Math.round(full.width * sharper)
    canvas.height = Math.round(full.height * sharper)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('The browser could not make a PNG of this size.')
    download(fileName(title, 'png'), blob)
  } finally {
    URL.revokeObjectURL(image.src)
  }
}
