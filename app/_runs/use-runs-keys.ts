'use client'

import type { Run } from '../../core/run.ts'
import { useCommands } from '../_shell/commands.ts'
import { COMPARE_MAX } from './compare-address.ts'
import type { RowHandlers } from './row-handlers.ts'
import type { TableItem } from './table-items.ts'
import type { Selection } from './use-selection.ts'

interface RunsKeys {
  items: readonly TableItem[]
  selection: Selection
  /** The ticked runs; without any, the active one. */
  targets: Run[]
  handlers: RowHandlers
  onFilter: () => void
}

/** The keys of the runs table. */
export function useRunsKeys({ items, selection, targets, handlers, onFilter }: RunsKeys): void {
  const active = items[selection.activeIndex]
  const run = active?.kind === 'run' ? active.row.run : null
  const group = 'Runs'
  const writable = (act: () => void) => () => !handlers.readOnly && targets.length > 0 && act()
  const many = targets.length > 1 ? `${targets.length} runs` : 'the run'
  const none = targets.length === 0
  useCommands([
    {
      id: 'runs-next',
      label: 'Next line',
      group,
      keys: ['j', 'ArrowDown'],
      run: () => selection.setActive(selection.activeIndex + 1),
      keyboardOnly: true,
    },
    {
      id: 'runs-previous',
      label: 'Previous line',
      group,
      keys: ['k', 'ArrowUp'],
      run: () => selection.setActive(selection.activeIndex - 1),
      keyboardOnly: true,
    },
    { id: 'runs-first', label: 'First line', group, keys: ['g g', 'Home'], run: () => selection.setActive(0), keyboardOnly: true },
    { id: 'runs-last', label: 'Last line', group, keys: ['Shift+g', 'End'], run: () => selection.setActive(items.length - 1), keyboardOnly: true },
    {
      id: 'runs-open',
      label: 'Open the run, or fold the group',
      group,
      keys: 'Enter',
      run: () => (run ? handlers.open(run) : active?.kind === 'group' && handlers.toggleGroup(active.group.key)),
      keyboardOnly: true,
    },
    { id: 'runs-select', label: 'Select', group, keys: ['x', 'Space'], run: () => active && selection.toggle(active), keyboardOnly: true },
    {
      id: 'runs-select-range',
      label: 'Select up to here',
      group,
      keys: 'Shift+x',
      run: () => active && selection.toggleRange(active),
      keyboardOnly: true,
    },
    { id: 'runs-select-all', label: 'Select all runs shown', group, keys: 'mod+a', run: selection.toggleAll },
    { id: 'runs-clear', label: 'Clear the selection', group, keys: 'Escape', run: selection.clear, keyboardOnly: true },
    {
      id: 'runs-compare',
      disabled: none || targets.length > COMPARE_MAX,
      label: `Compare ${many}`,
      group,
      keys: 'c',
      run: () => handlers.compare(targets),
    },
    {
      id: 'runs-study',
      disabled: none || targets.length > STUDY_MAX,
      label: `Make a study of ${many}`,
      group,
      keys: 's',
      run: writable(() => handlers.makeStudy(targets)),
    },
    { id: 'runs-filter', label: 'Filter', group, keys: '/', run: onFilter },
    { id: 'runs-rename', label: 'Rename', group, keys: 'F2', run: () => run && !handlers.readOnly && handlers.rename(run), keyboardOnly: true },
    { id: 'runs-tags', disabled: none, label: `Tags of ${many}`, group, keys: 't', run: writable(() => handlers.editTags(targets)) },
    {
      id: 'runs-notes',
      disabled: none,
      label: 'Notes of the run',
      group,
      keys: 'n',
      run: () => run && !handlers.readOnly && handlers.editNotes(run),
    },
    {
      id: 'runs-archive',
      disabled: none,
      label: `Archive or unarchive ${many}`,
      group,
      keys: 'e',
      run: writable(() => handlers.setArchived(targets, !targets.every((one) => one.archived))),
    },
    { id: 'runs-delete', disabled: none, label: `Delete ${many}`, group, keys: 'Shift+Delete', run: writable(() => handlers.remove(targets)) },
  ])
}

/** What the server takes. */
export const STUDY_MAX = 5000
