'use client'

import { Group, X } from 'lucide-react'
import { type Field, fieldId } from '../../core/run-fields/field.ts'
import { Button } from '../_ui/button.tsx'
import { Menu, MenuChoice, MenuHeading } from '../_ui/menu.tsx'
import { columnLook } from './column-look.ts'

const RUN_CHOICES: Field[] = (['group', 'tag', 'status', 'project', 'job', 'seed', 'host'] as const).map((name) => ({ kind: 'run', name }))

/** Folds the runs by something they share; each group then shows mean ± SD. */
export function GroupPicker({
  group,
  configKeys,
  onChange,
}: {
  group: Field | null
  configKeys: readonly string[]
  onChange: (group: Field | null) => void
}) {
  const id = group && fieldId(group)
  const choice = (field: Field) => (
    <MenuChoice key={fieldId(field)} checked={fieldId(field) === id} onSelect={() => onChange(field)}>
      {columnLook(field).label}
    </MenuChoice>
  )
  return (
    <span className="inline-flex">
      <Menu
        align="end"
        trigger={
          <Button data-testid="group-picker" className={group ? 'rounded-r-none border-r-0 text-accent' : undefined}>
            <Group size={14} />
            <span className="max-w-36 truncate max-sm:sr-only">{group ? `By ${columnLook(group).label}` : 'Group'}</span>
          </Button>
        }
      >
        <MenuChoice checked={group === null} onSelect={() => onChange(null)}>
          Not grouped
        </MenuChoice>
        <MenuHeading>By run</MenuHeading>
        {RUN_CHOICES.map(choice)}
        {configKeys.length > 0 ? <MenuHeading>By config key</MenuHeading> : null}
        {configKeys.map((key) => choice({ kind: 'config', key }))}
      </Menu>
      {group ? (
        <Button size="slim-icon" className="rounded-l-none" aria-label="Stop grouping" onClick={() => onChange(null)}>
          <X size={13} />
        </Button>
      ) : null}
    </span>
  )
}
