import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Run } from '../../core/run.ts'
import { VERSION } from '../../core/version.ts'
import type { ExportFormat, ExportSource } from './export-format.ts'

/** Rows are held until there are this many: small row groups make slow files. */
const GROUP_ROWS = 100_000

const required = (name: string, type: 'BYTE_ARRAY' | 'INT64' | 'DOUBLE' | 'BOOLEAN') => ({
  name,
  type,
  repetition_type: 'REQUIRED' as const,
  ...(type === 'BYTE_ARRAY' && { converted_type: 'UTF8' as const }),
})

const TEXTS = ['run_id', 'run', 'project', 'metric'] as const
const SCHEMA = [
  { name: 'root', num_children: 8 },
  ...TEXTS.map((name) => required(name, 'BYTE_ARRAY')),
  required('step', 'INT64'),
  required('wall_ms', 'DOUBLE'),
  required('value', 'DOUBLE'),
  required('superseded', 'BOOLEAN'),
]

/** Gives away what was written, so that a file of any size needs the memory of one row group. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array {
    const piece = this.getBytes().slice()
    this.index = 0
    return piece
  }
}

class Rows {
  readonly texts: Record<(typeof TEXTS)[number], string[]> = { run_id: [], run: [], project: [], metric: [] }
  readonly step: bigint[] = []
  readonly wall: number[] = []
  readonly value: number[] = []
  readonly superseded: boolean[] = []

  columns() {
    return [
      ...TEXTS.map((name) => ({ name, data: this.texts[name] })),
      { name: 'step', data: this.step },
      // Plain: a dictionary of numbers takes −0 for 0.
      { name: 'wall_ms', data: Float64Array.from(this.wall), encoding: 'PLAIN' as const },
      { name: 'value', data: Float64Array.from(this.value), encoding: 'PLAIN' as const },
      { name: 'superseded', data: this.superseded },
    ]
  }
}

async function* write(runs: AsyncIterable<ExportSource>): AsyncGenerator<Uint8Array> {
  const writer = new PieceWriter()
  const kvMetadata: { key: string; value: string }[] = []
  const file = new ParquetWriter({ writer, schema: SCHEMA, kvMetadata, createdBy: `lossboard ${VERSION}` })
  let rows = new Rows()
  for await (const source of runs) {
    const { run } = source
    kvMetadata.push({ key: `lossboard.run.${run.id}`, value: JSON.stringify(described(run)) })
    for await (const { summary, batches } of source.series)
      for await (const { step, wall, value, superseded } of batches) {
        for (let i = 0; i < step.length; i++) {
          rows.texts.run_id.push(run.id)
          rows.texts.run.push(run.name)
          rows.texts.project.push(run.project)
          rows.texts.metric.push(summary.name)
          rows.step.push(BigInt(step[i]!))
          rows.wall.push(wall[i]!)
          rows.value.push(value[i]!)
          rows.superseded.push(superseded?.[i] === 1)
        }
        if (rows.step.length < GROUP_ROWS) continue
        await file.write({ columnData: rows.columns(), rowGroupSize: rows.step.length })
        rows = new Rows()
        yield writer.take()
      }
    let records = 0
    for await (const _ of source.records) records++
    if (records > 0) source.tell(`${records} ${records === 1 ? 'record is' : 'records are'} not in a Parquet file, which holds numbers only`)
  }
  if (rows.step.length > 0) await file.write({ columnData: rows.columns(), rowGroupSize: rows.step.length })
  await file.finish()
  yield writer.take()
}

/** What the metadata of the file says of a run. */
function described({ id, name, number, project, group, jobType, tags, notes, status, startedAt, endedAt, config, summary, seed }: Run) {
  return { id, name, number, project, group, jobType, tags, notes, status, startedAt, endedAt, config, summary, seed }
}

/** One row per point, all runs in one table; configs and summaries as JSON in the metadata of the file. */
export const parquetFormat: ExportFormat = {
  id: 'parquet',
  contentType: 'application/vnd.apache.parquet',
  joinsRuns: true,
  fileName: (name) => `${name}.parquet`,
  write,
}
