import type { Field } from '../../core/run-fields/field.ts'

/** The columns inside the window, and the room left of them. The name stands apart: it never scrolls away. */
export interface VisibleColumns {
  nameWidth: number
  /** Width of the columns scrolled out on the left, in pixels. */
  leftGap: number
  totalWidth: number
  items: { field: Field; id: string; width: number; index: number; align: 'left' | 'right' }[]
}
