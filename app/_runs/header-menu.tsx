'use client'

import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, EyeOff, Group, MoveHorizontal, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Field, type Figure, fieldType } from '../../core/run-fields/field.ts'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '../_ui/menu.tsx'
import type { HeaderHandlers } from './header-handlers.ts'

const FIGURES: { figure: Figure; label: string }[] = [
  { figure: 'last', label: 'Last value' },
  { figure: 'min', label: 'Lowest value' },
  { figure: 'max', label: 'Highest value' },
]

/** Everything the mouse can do to a column, for the keyboard and for fingers. */
export function HeaderMenu({ field, handlers, trigger }: { field: Field; handlers: HeaderHandlers; trigger: ReactNode }) {
  const type = fieldType(field)
  const groupable = field.kind === 'config' || type === 'choice' || type === 'list' || (field.kind === 'run' && field.name === 'seed')
  return (
    <Menu trigger={trigger} align="end">
      {() => (
        <>
          <MenuItem icon={<ArrowUp size={14} />} onSelect={() => handlers.sortBy(field, false)}>
            Sort ascending
          </MenuItem>
          <MenuItem icon={<ArrowDown size={14} />} onSelect={() => handlers.sortBy(field, true)}>
            Sort descending
          </MenuItem>
          {groupable ? (
            <MenuItem icon={<Group size={14} />} onSelect={() => handlers.groupBy(field)}>
              Group by this
            </MenuItem>
          ) : null}
          {field.kind === 'metric' ? (
            <>
              <MenuSeparator />
              <MenuHeading>Figure shown</MenuHeading>
              {FIGURES.map(({ figure, label }) => (
                <MenuChoice key={figure} checked={field.figure === figure} onSelect={() => handlers.replace(field, { ...field, figure })}>
                  {label}
                </MenuChoice>
              ))}
            </>
          ) : null}
          <MenuSeparator />
          <MenuItem icon={<ArrowLeft size={14} />} onSelect={() => handlers.move(field, -1)}>
            Move left
          </MenuItem>
          <MenuItem icon={<ArrowRight size={14} />} onSelect={() => handlers.move(field, 1)}>
            Move right
          </MenuItem>
          <MenuItem icon={<MoveHorizontal size={14} />} onSelect={() => handlers.widen(field, 40)}>
            Wider
          </MenuItem>
          <MenuItem icon={<MoveHorizontal size={14} />} onSelect={() => handlers.widen(field, -40)}>
            Narrower
          </MenuItem>
          <MenuItem icon={<RotateCcw size={14} />} onSelect={() => handlers.resetWidth(field)}>
            Reset width
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<EyeOff size={14} />} onSelect={() => handlers.hide(field)}>
            Hide column
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
