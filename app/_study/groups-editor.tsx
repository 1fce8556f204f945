'use client'

import { Plus, X } from 'lucide-react'
import { Button } from '../_ui/button.tsx'
import { Input } from '../_ui/input.tsx'
import { addGroup, removeGroup, renameGroup } from './edit-rows.ts'
import type { EditorPart } from './settings-change.ts'

/** Headings over blocks of rows. */
export function GroupsEditor({ settings, change }: EditorPart) {
  return (
    <div className="mt-1 flex flex-col gap-1">
      {settings.groups.map(({ title, rows }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups are known by their place
        <div key={at} className="flex items-center gap-1">
          <Input
            aria-label={`Heading of group ${at + 1}`}
            defaultValue={title}
            key={title}
            maxLength={200}
            className="h-6"
            onBlur={(event) => event.target.value.trim() !== '' && change(renameGroup(settings, at, event.target.value.trim()))}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
          <span className="num shrink-0 text-xs text-faint">{rows.length === 0 ? 'empty' : rows.length}</span>
          <Button
            look="quiet"
            size="tiny-icon"
            aria-label={`Remove the group ${title}`}
            title="Remove the heading; its rows stay"
            onClick={() => change(removeGroup(settings, at))}
          >
            <X size={12} />
          </Button>
        </div>
      ))}
      <Button look="quiet" size="small" className="self-start" onClick={() => change(addGroup(settings, `Group ${settings.groups.length + 1}`))}>
        <Plus size={12} />
        Group with a heading
      </Button>
    </div>
  )
}
