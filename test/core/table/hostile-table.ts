import type { Cell, TableDocument } from '../../../core/table/table-document.ts'

/** Texts that break careless exporters. Each is printed as a row label, a group, a heading, in the caption and in a footnote. */
export const HOSTILE_LABELS = [
  '100% of A & B',
  'snake_case_name #1',
  'cost $5 {braces} x^2 ~tilde',
  'back\\slash \\input{secret}',
  '[optional] start',
  '*starred* start',
  'α Δ ≤ ± × ✓ → −1',
  'naïve café Łódź Škoda Ångström ĳ',
  '中文标签',
  'rocket 🚀 family 👨‍👩‍👧',
  'pipe | tick ` quote " \' < > @ = + - /',
  '1. not a list',
  '- not a list',
  '// not a comment /* nor this */',
  'tab\there\nand a line',
  '=SUM(A1:A9)',
  '<script>alert(1)</script>',
  '',
]

const measure = (value: string, spread: string | null, more: object = {}): Cell => ({
  kind: 'measure',
  value,
  spread,
  interval: null,
  marks: [],
  ...more,
})
const number = (value: string, more: object = {}): Cell => ({ kind: 'number', value, less: false, marks: [], ...more })

/** Every kind of cell in every state, with hostile labels all over. */
export function hostileTable(): TableDocument {
  const rows = HOSTILE_LABELS.map((label, at): Cell[] => [
    { kind: 'text', content: [{ text: label }] },
    at === 3
      ? { kind: 'missing', why: 'No run.' }
      : at === 4
        ? { kind: 'text', content: [{ text: 'diverged' }] }
        : measure(`${94 - at}.27`, at % 3 === 1 ? null : '0.17', { bold: at === 0, underline: at === 1 }),
    at === 0
      ? { kind: 'missing', why: 'The reference.' }
      : number(at === 2 ? '+0.12' : `-${at}.58`, { marks: at === 5 ? ['dagger'] : at === 6 ? ['star', 'star', 'star'] : [] }),
    at === 7 ? number('0.001', { less: true }) : number('0.062'),
    at === 8
      ? measure('-1.10', null, { interval: ['-1.20', '0.30'] })
      : measure('2.00', null, { interval: ['1.00', '3.00'], bold: at === 9, underline: at === 9 }),
    { kind: 'check', on: at % 2 === 0 },
    number(String(at)),
  ])
  return {
    columns: [
      { id: 'variant', header: [{ text: 'Variant & more' }], align: 'left' },
      { id: 'a:value', header: [{ text: 'Mean' }], align: 'right' },
      { id: 'a:difference', header: [{ text: 'Δ' }], align: 'right' },
      { id: 'a:p', header: [{ math: 'p' }], align: 'right' },
      { id: 'b:value', header: [{ text: 'Loss_total ↓' }], align: 'right' },
      { id: 'component:x', header: [{ text: 'use_x' }], align: 'center' },
      { id: 'n', header: [{ math: 'n' }], align: 'right' },
    ],
    spanners: [{ header: [{ text: 'Accuracy (%) ↑' }], first: 1, columns: 3 }],
    lines: rows.flatMap((cells, at) => [
      ...(at === 1 ? [{ kind: 'rule' } as const] : []),
      ...(at % 6 === 5 ? [{ kind: 'group', title: `Group of ${HOSTILE_LABELS[at]}` } as const] : []),
      { kind: 'row', cells, shaded: at === 0 } as const,
    ]),
    caption: [{ text: `Caption with all of it: ${HOSTILE_LABELS.join('; ')}. Mean ± sd; ` }, { math: 'n' }, { text: ' seeds.' }],
    label: 'tab:a b&c%中',
    footnotes: HOSTILE_LABELS.slice(0, 4).map((text) => [{ text }]),
    comments: [`study "${HOSTILE_LABELS[2]}"`, 'two\nlines'],
  }
}
