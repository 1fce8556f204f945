import type { TableFormat } from './table-format.ts'

/** The printed table and every number behind it. */
export const jsonFormat: TableFormat = {
  id: 'json',
  title: 'JSON: the table and every number behind it',
  extension: 'json',
  contentType: 'application/json; charset=utf-8',
  write: ({ document, result }) => `${JSON.stringify({ format: 'lossboard-table-1', table: document, result }, null, 2)}\n`,
}
