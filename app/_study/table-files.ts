import type { TableFormat } from '../../core/table/formats/table-format.ts'

/** Name of a file made from a study's: the same as the server gives. */
export function tableFileName(study: string, extension: string): string {
  return `${study.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 100) || 'table'}.${extension}`
}

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export function saveTable(study: string, format: TableFormat, text: string): void {
  saveFile(tableFileName(study, format.extension), new Blob([text], { type: format.contentType }))
}

/** Pixels of the picture per pixel of the SVG: sharp in slides and on paper. */
const SHARPNESS = 3
/** Browsers draw no larger canvas. */
const CANVAS_MAX = 16_000

/** The SVG of a table as PNG. */
export async function savePng(study: string, svg: string): Promise<void> {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    await image.decode()
    const sharper = Math.min(SHARPNESS, CANVAS_MAX / Math.max(image.naturalHeight, image.naturalWidth))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.naturalWidth * sharper)
    canvas.height = Math.round(image.naturalHeight * sharper)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!blob) throw new Error('the browser could not make a PNG of this size')
    saveFile(tableFileName(study, 'png'), blob)
  } finally {
    URL.revokeObjectURL(image.src)
  }
}
