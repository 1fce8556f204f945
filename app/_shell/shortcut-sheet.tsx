'use client'

import { Dialog } from '../_ui/dialog.tsx'
import { Kbd } from '../_ui/kbd.tsx'
import { type Command, useAllCommands } from './commands.ts'
import { displayKeys } from './mod-key.ts'

/** Every shortcut of the page that is open, by group. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const commands = useAllCommands()
  const groups = new Map<string, Command[]>()
  for (const command of commands) if (command.keys) groups.set(command.group, [...(groups.get(command.group) ?? []), command])
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" width="w-[520px]">
      <div className="gap-8 sm:columns-2" data-testid="shortcut-sheet">
        {[...groups].map(([group, members]) => (
          <section key={group} className="mb-3">
            <h3 className="mb-1 text-xs font-semibold text-faint uppercase">{group}</h3>
            <dl>
              {members.map((command) => (
                <div key={command.id} className="flex h-7 items-center justify-between gap-3">
                  <dt className="truncate text-sm">{command.label}</dt>
                  <dd className="flex shrink-0 items-center gap-1 text-xs text-faint">
                    {[command.keys ?? []].flat().map((keys, index) => (
                      <span key={keys} className="flex items-center gap-1">
                        {index > 0 ? 'or' : null}
                        <Kbd keys={displayKeys(keys)} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
