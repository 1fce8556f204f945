import { formatBytes } from '../../core/format-bytes.ts'
import { type ImportNote, type ImportRestart, type ImportSource, incompleteBytes } from '../../core/import-source.ts'
import { KeyValueRow } from './key-value-row.tsx'

const BY: Record<ImportRestart['by'], string> = {
  start: 'the program started again',
  file: 'a later file went back',
  order: 'a file without sessions went back',
  rewritten: 'the file was replaced',
}
export const WHAT: Record<ImportNote['what'], string> = { skipped: 'Skipped', changed: 'Changed', kept: 'Kept as bytes' }
const count = (n: number) => n.toLocaleString('en-US')

/** What an imported run was read from: its files, restarts, and everything that was not taken as it stood. */
export function SourceSection({ source }: { source: ImportSource }) {
  const more = source.noteCount - source.notes.length
  return (
    <section className="flex flex-col gap-2" data-testid="import-source">
      <h2 className="font-semibold">Imported from TensorBoard event files</h2>
      <div className="overflow-hidden rounded border border-border">
        <KeyValueRow name="Folder" mono value={source.folder} />
        <KeyValueRow
          name="Read"
          value={`${count(source.points)} numbers and ${count(source.records)} other records${source.repeatedSteps > 0 ? `; ${count(source.repeatedSteps)} numbers came at a step their tag had reached before` : ''}`}
        />
        {source.files.map((file) => (
          <KeyValueRow key={`${file.name}/${file.id}`} name={file.name} value={fileText(file)} />
        ))}
        {source.restarts.map((restart) => (
          <KeyValueRow
            key={`${restart.file}/${restart.offset}/${restart.by}`}
            name={`Restart at step ${restart.step}`}
            value={`${restart.file} at byte ${restart.offset}: ${BY[restart.by]}`}
          />
        ))}
        {source.notes.map((note) => (
          <KeyValueRow
            key={`${note.file}/${note.offset}/${note.reason}`}
            name={WHAT[note.what]}
            value={`${note.file} at byte ${note.offset}: ${note.reason}`}
          />
        ))}
        {more > 0 ? <KeyValueRow name="Not listed" value={`${count(more)} more that were skipped, changed or kept as bytes`} /> : null}
      </div>
    </section>
  )
}

function fileText(file: ImportSource['files'][number]): string {
  if (file.bytes === 0) return 'empty'
  const rest = file.stopped
    ? `; damaged from byte ${file.read} on`
    : incompleteBytes(file) > 0
      ? `; ends inside a record at byte ${file.read}, ${incompleteBytes(file)} bytes of it are there`
      : ''
  return `${count(file.events)} events, ${formatBytes(file.read)}${rest}`
}
