'use client'

import { Archive, ArchiveRestore, Copy, ExternalLink, NotebookPen, Pencil, Tag, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Run } from '../../core/run.ts'
import { Menu, MenuItem, MenuSeparator } from '../_ui/menu.tsx'
import type { RowHandlers } from './row-handlers.ts'

/** Everything that can be done with one run. */
export function RunMenu({ run, handlers, trigger }: { run: Run; handlers: RowHandlers; trigger: ReactNode }) {
  const { readOnly } = handlers
  return (
    <Menu trigger={trigger} align="end">
      {() => (
        <>
          <MenuItem icon={<ExternalLink size={14} />} shortcut="Enter" onSelect={() => handlers.open(run)}>
            Open
          </MenuItem>
          <MenuItem icon={<Copy size={14} />} onSelect={() => handlers.copyId(run)}>
            Copy id
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Pencil size={14} />} shortcut="F2" disabled={readOnly} onSelect={() => handlers.rename(run)}>
            Rename
          </MenuItem>
          <MenuItem icon={<Tag size={14} />} shortcut="t" disabled={readOnly} onSelect={() => handlers.editTags([run])}>
            Tags…
          </MenuItem>
          <MenuItem icon={<NotebookPen size={14} />} shortcut="n" disabled={readOnly} onSelect={() => handlers.editNotes(run)}>
            Notes…
          </MenuItem>
          <MenuItem
            icon={run.archived ? <ArchiveRestore size={14} /> : <Archive size={14} />}
            shortcut="e"
            disabled={readOnly}
            onSelect={() => handlers.setArchived([run], !run.archived)}
          >
            {run.archived ? 'Unarchive' : 'Archive'}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 size={14} />} danger disabled={readOnly} onSelect={() => handlers.remove([run])}>
            Delete…
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
