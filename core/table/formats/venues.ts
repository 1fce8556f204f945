/** What a venue's template wants of a table. `loads`: packages its own files load already. Facts: docs/ablation.md. */
export interface Venue {
  id: string
  title: string
  caption: 'above' | 'below'
  loads: readonly string[]
  /** A table with more columns than this spans both columns of the page (`table*`); null: one-column page. */
  wideAbove: number | null
  /** Width of a column of the page in pt, at its usual class options; one-column page: of the text. */
  columnWidth: number
  /** Width of the text in pt. */
  textWidth: number
}

export const VENUES = {
  plain: { id: 'plain', title: 'Any article', caption: 'above', loads: [], wideAbove: null, columnWidth: 345, textWidth: 345 },
  neurips: {
    id: 'neurips',
    title: 'NeurIPS',
    caption: 'above',
    loads: ['booktabs', 'amsfonts', 'xcolor', 'hyperref', 'url', 'nicefrac', 'microtype'],
    wideAbove: null,
    columnWidth: 397,
    textWidth: 397,
  },
  icml: {
    id: 'icml',
    title: 'ICML',
    caption: 'above',
    loads: ['microtype', 'graphicx', 'booktabs', 'hyperref', 'amsmath', 'amssymb'],
    wideAbove: 5,
    columnWidth: 234,
    textWidth: 487,
  },
  cvpr: {
    id: 'cvpr',
    title: 'CVPR',
    caption: 'above',
    loads: ['booktabs', 'amsmath', 'amssymb', 'xcolor', 'caption', 'subcaption'],
    wideAbove: 5,
    columnWidth: 237,
    textWidth: 496,
  },
  acl: { id: 'acl', title: 'ACL', caption: 'below', loads: [], wideAbove: 5, columnWidth: 219, textWidth: 455 },
} as const satisfies Record<string, Venue>

export type VenueId = keyof typeof VENUES
