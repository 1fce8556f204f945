/** Values of the kinds other than histograms. */
export interface ImageValue {
  width: number
  height: number
  /** Content type of the blob: PNG, JPEG, GIF or WebP. */
  type: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'
  caption: string | null
  /** SHA-256 of the bytes, hexadecimal; the name of the blob. */
  hash: string
  bytes: number
}

export interface TextValue {
  text: string
  format: 'plain' | 'markdown'
}

/** A piece of console output: whole lines as they came, ANSI codes kept. */
export interface ConsoleValue {
  stream: 'stdout' | 'stderr'
  text: string
  /** Lines left out before this piece because the cap was reached. */
  skippedLines: number
}

/** Layer table of a model: used by the run page; logged once by `watch`. */
export interface ModelValue {
  layers: { name: string; type: string; outputShape: (number | null)[]; parameters: number; trainable: boolean }[]
  parameters: number
  trainableParameters: number
}
