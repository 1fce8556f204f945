import { formatBytes } from '../../core/format-bytes.ts'
import type { RowSource } from '../../core/import-source.ts'
import { KeyValueRow } from './key-value-row.tsx'
import { WHAT } from './source-section.tsx'

const FROM: Record<RowSource['kind'], string> = {
  wandb: 'a W&B run file',
  mlflow: 'MLflow',
  trackio: 'a trackio database',
  jsonl: 'a JSONL file',
  'keras-history': 'a Keras or TensorFlow.js history',
  csv: 'a CSV file',
}
const count = (n: number) => n.toLocaleString('en-US')

/** What an imported run was read from, how it was understood, and everything that was not taken as it stood. */
export function RowSourceSection({ source }: { source: RowSource }) {
  const more = source.noteCount - source.notes.length
  return (
    <section className="flex flex-col gap-2" data-testid="import-source">
      <h2 className="font-semibold">Imported from {FROM[source.kind]}</h2>
      <div className="overflow-hidden rounded border border-border">
        <KeyValueRow name="Path" mono value={source.path} />
        <KeyValueRow
          name="Read"
          value={`${count(source.points)} numbers and ${count(source.records)} other records${source.repeatedSteps > 0 ? `; ${count(source.repeatedSteps)} numbers came at a step their metric had reached before` : ''}`}
        />
        {source.files
          .filter(({ bytes }) => bytes > 0)
          .map(({ name, bytes }) => (
            <KeyValueRow key={name} name={name} value={formatBytes(bytes)} />
          ))}
        {source.reading.map((line) => (
          <KeyValueRow key={line} name="Understood" value={line} />
        ))}
        {source.notes.map((note, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order, and two notes may say the same
          <KeyValueRow key={index} name={WHAT[note.what]} value={`${note.file}, ${note.place ?? `at byte ${note.offset}`}: ${note.reason}`} />
        ))}
        {more > 0 ? <KeyValueRow name="Not listed" value={`${count(more)} more that were skipped or changed`} /> : null}
      </div>
    </section>
  )
}
