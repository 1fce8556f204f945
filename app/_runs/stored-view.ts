import { type Field, fieldId, parseField } from '../../core/run-fields/field.ts'

/** What this browser remembers about a project's table: the columns used last and every width that was changed. */
export interface StoredView {
  columns: Field[] | null
  widths: Record<string, number>
}

const storageKey = (project: string | null) => `lossboard:table:${project ?? ''}`

/** Anything unreadable counts as nothing stored. */
export function parseStoredView(text: string | null): StoredView {
  try {
    const { columns, widths } = JSON.parse(text ?? '{}') as { columns?: unknown; widths?: unknown }
    const fields = Array.isArray(columns) ? columns.flatMap((id) => (typeof id === 'string' ? (parseField(id) ?? []) : [])) : null
    const sizes = Object.entries(widths !== null && typeof widths === 'object' ? widths : {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0 && entry[1] < 5_000,
    )
    return { columns: fields && fields.length > 0 ? fields : null, widths: Object.fromEntries(sizes) }
  } catch {
    return { columns: null, widths: {} }
  }
}

export function readStoredView(project: string | null): StoredView {
  try {
    return parseStoredView(localStorage.getItem(storageKey(project)))
  } catch {
    return { columns: null, widths: {} }
  }
}

/** Browsers may refuse storage; the view then lasts as long as the page. */
export function writeStoredView(project: string | null, { columns, widths }: StoredView): void {
  try {
    localStorage.setItem(storageKey(project), JSON.stringify({ columns: columns?.map(fieldId) ?? null, widths }))
  } catch {
    // Nothing to do: the view is only not remembered.
  }
}
