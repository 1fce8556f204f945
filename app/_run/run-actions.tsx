'use client'

import { Archive, ArchiveRestore, Copy, Download, Ellipsis, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { EXPORT_FORMATS, type ExportFormatId } from '../../core/export-formats.ts'
import type { Run } from '../../core/run.ts'
import { useCommands } from '../_shell/commands.ts'
import { Button } from '../_ui/button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../_ui/menu.tsx'
import { useToast } from '../_ui/toast.tsx'
import { DeleteRunDialog } from './delete-run.tsx'

/** Archive, delete, export and copy: in a menu and in the command palette. */
export function RunActions({ run, onArchive }: { run: Run; onArchive: (archived: boolean) => Promise<unknown> }) {
  const router = useRouter()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const archive = () =>
    void onArchive(!run.archived).then(
      () => toast(run.archived ? `${run.name} is back in the table.` : `${run.name} is archived: hidden from the table, nothing deleted.`),
      () => undefined,
    )
  const copyId = () =>
    void navigator.clipboard.writeText(run.id).then(
      () => toast('Copied the run id.'),
      () => toast('The browser did not allow copying.', 'danger'),
    )
  const download = (format: ExportFormatId) => window.location.assign(`/api/export?${new URLSearchParams({ run: run.id, format })}`)
  useCommands([
    ...EXPORT_FORMATS.map(({ id, label }) => ({ id: `run-export-${id}`, label: `Export run as ${label}`, group: 'Run', run: () => download(id) })),
    { id: 'run-copy-id', label: 'Copy run id', group: 'Run', run: copyId },
    { id: 'run-archive', label: run.archived ? 'Unarchive run' : 'Archive run', group: 'Run', run: archive },
    { id: 'run-delete', label: 'Delete run…', group: 'Run', run: () => setAsking(true) },
  ])
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button size="icon" aria-label="Run actions" title="Actions" data-testid="run-actions">
            <Ellipsis size={15} />
          </Button>
        }
      >
        {EXPORT_FORMATS.map(({ id, label }) => (
          <MenuItem key={id} icon={<Download size={14} />} onSelect={() => download(id)}>
            Export {label}
          </MenuItem>
        ))}
        <MenuItem icon={<Copy size={14} />} onSelect={copyId}>
          Copy id
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={run.archived ? <ArchiveRestore size={14} /> : <Archive size={14} />} onSelect={archive}>
          {run.archived ? 'Unarchive' : 'Archive'}
        </MenuItem>
        <MenuItem icon={<Trash2 size={14} />} danger onSelect={() => setAsking(true)}>
          Delete…
        </MenuItem>
      </Menu>
      <DeleteRunDialog
        run={run}
        open={asking}
        onClose={() => setAsking(false)}
        onDeleted={() => router.push(`/?${new URLSearchParams({ project: run.project })}`)}
      />
    </>
  )
}
