import { createParser, parseAsArrayOf, parseAsBoolean, parseAsString } from 'nuqs'
import { type Field, fieldId, parseField } from '../../core/run-fields/field.ts'
import type { SortRule } from '../../core/run-fields/sort-rows.ts'

/** A field as its id; nonsense in the address is left out. */
const parseAsField = createParser<Field>({ parse: parseField, serialize: fieldId, eq: (a, b) => fieldId(a) === fieldId(b) })

/** `created` ascending, `-created` descending. */
const parseAsSortRule = createParser<SortRule>({
  parse: (text) => {
    const field = parseField(text.replace(/^-/, ''))
    return field && { field, descending: text.startsWith('-') }
  },
  serialize: ({ field, descending }) => `${descending ? '-' : ''}${fieldId(field)}`,
  eq: (a, b) => a.descending === b.descending && fieldId(a.field) === fieldId(b.field),
})

/** Newest first. */
export const DEFAULT_SORT: SortRule[] = [{ field: { kind: 'run', name: 'created' }, descending: true }]

/** What the address says about the table, so that a view can be shared by its link. */
export const TABLE_PARAMS = {
  project: parseAsString,
  q: parseAsString.withDefault(''),
  sort: parseAsArrayOf(parseAsSortRule).withDefault(DEFAULT_SORT),
  group: parseAsField,
  /** Null: the columns used last, else those that say most. */
  cols: parseAsArrayOf(parseAsField),
  archived: parseAsBoolean.withDefault(false),
}
