/** What runs can be written as. The server has a writer for each, the pages a menu entry. */
export const EXPORT_FORMATS = [
  { id: 'csv', label: 'CSV', title: 'one row per point: run, metric, step, wall time, value (points only)' },
  { id: 'jsonl', label: 'JSONL', title: 'one JSON object per line: the run, its points, its records' },
  { id: 'parquet', label: 'Parquet', title: 'columns of all points, for pandas, Polars, DuckDB (points only; config in the metadata)' },
  { id: 'tfevents', label: 'TensorBoard event file', title: 'for TensorBoard: scalars in double precision, histograms, images, text, config' },
] as const satisfies readonly { id: string; label: string; title: string }[]

export type ExportFormatId = (typeof EXPORT_FORMATS)[number]['id']
