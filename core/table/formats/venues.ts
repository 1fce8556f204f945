/** What a venue's template wants of a table. `loads`: packages its own files load already. Facts: docs/ablation.md. */
export interface Venue {
  id: string
  title: string
  caption: 'above' | 'below'
  loads: readonly string[]
  /** A table with more columns than this spans both columns of the page (`table*`); null: one-column page. */
  wideAbove: number | null
}

export const VENUES = {
  plain: { id: 'plain', title: 'Any article', caption: 'above', loads: [], wideAbove: null },
  neurips: {
    id: 'neurips',
    title: 'NeurIPS',
    caption: 'above',
    loads: ['booktabs', 'amsfonts', 'xcolor', 'hyperref', 'url', 'nicefrac', 'microtype'],
    wideAbove: null,
  },
  icml: {
    id: 'icml',
    title: 'ICML',
    caption: 'above',
    loads: ['microtype', 'graphicx', 'booktabs', 'hyperref', 'amsmath', 'amssymb'],
    wideAbove: 5,
  },
  cvpr: {
    id: 'cvpr',
    title: 'CVPR',
    caption: 'above',
    loads: ['booktabs', 'amsmath', 'amssymb', 'xcolor', 'caption', 'subcaption'],
    wideAbove: 5,
  },
  acl: { id: 'acl', title: 'ACL', caption: 'below', loads: [], wideAbove: 5 },
} as const satisfies Record<string, Venue>

export type VenueId = keyof typeof VENUES
