'use client'

import { useQuery } from '@tanstack/react-query'
import type { Study } from '../../core/ablation/study.ts'
import type { FormatOptions, TableFormat } from '../../core/table/formats/table-format.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { useToast } from '../_ui/toast.tsx'
import { copyPlain } from './copy-table.ts'
import { shellWord } from './shell-word.ts'
import { tableFileName } from './table-files.ts'
import type { TableEditor } from './use-table-editor.ts'

interface RebuildCommandProps {
  study: Study
  editor: TableEditor
  format: TableFormat
  options: FormatOptions
}

/** The command that writes the same bytes from the store: for a Makefile. */
export function RebuildCommand({ study, editor, format, options }: RebuildCommandProps) {
  const toast = useToast()
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  const latex = format.id.startsWith('latex')
  const words = [
    ...['npx', 'lossboard', 'table', study.name],
    ...(info ? [info.location] : []),
    ...['--project', study.project, '--format', format.id],
    ...(latex && options.venue !== 'plain' ? ['--venue', options.venue] : []),
    ...(latex && options.siunitx ? ['--siunitx'] : []),
    ...(latex && options.unicode ? ['--unicode'] : []),
    ...['--output', tableFileName(study.name, format.extension)],
  ]
  const command = words.map(shellWord).join(' ')
  const copy = () =>
    void copyPlain(command).then(
      () => toast('Copied.'),
      (error: Error) => toast(error.message, 'danger'),
    )
  return (
    <div className="flex flex-col gap-1 text-sm">
      <span className="text-muted">Built again from the store, byte for byte, with the saved settings:</span>
      <span className="flex items-center gap-2">
        <code
          className="min-w-0 flex-1 overflow-x-auto rounded border border-border bg-surface px-2 py-1 font-mono text-sm whitespace-pre"
          data-testid="rebuild-command"
        >
          {command}
        </code>
        <Button size="small" onClick={copy}>
          Copy
        </Button>
      </span>
      {editor.overridden.length > 0 ? (
        <span className="text-warning" data-testid="rebuild-warning">
          The command does not know what only the address sets ({editor.overridden.join(', ')}): save it with the study first.
        </span>
      ) : null}
    </div>
  )
}
