'use client'

import { useMemo, useState } from 'react'
import type { TableItem } from './table-items.ts'

export interface Selection {
  ids: ReadonlySet<string>
  /** Key of the line the keyboard is on; null when it is gone or none was chosen. */
  activeKey: string | null
  activeIndex: number
  /** Every run shown is ticked. */
  all: boolean
  setActive(index: number): void
  toggle(item: TableItem): void
  /** Takes over the state of `item` for every run from the line chosen last to this one. */
  toggleRange(item: TableItem): void
  toggleAll(): void
  clear(): void
}

/** Which runs are ticked and which line the keyboard is on. Runs that vanish leave the selection. */
export function useSelection(items: readonly TableItem[], known: ReadonlySet<string>): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const [anchorKey, setAnchorKey] = useState<string | null>(null)
  return useMemo(() => {
    const ids = new Set([...chosen].filter((id) => known.has(id)))
    const activeIndex = activeKey === null ? -1 : items.findIndex((item) => item.key === activeKey)
    const setAll = (some: string[], on: boolean) => {
      const next = new Set(ids)
      for (const id of some) on ? next.add(id) : next.delete(id)
      setChosen(next)
    }
    const everyRun = [...new Set(items.flatMap(idsOf))]
    const all = everyRun.length > 0 && everyRun.every((id) => ids.has(id))
    return {
      ids,
      all,
      activeKey: activeIndex < 0 ? null : activeKey,
      activeIndex,
      setActive: (index) => setActiveKey(items[Math.min(Math.max(index, 0), items.length - 1)]?.key ?? null),
      toggle: (item) => {
        const some = idsOf(item)
        setAll(some, !some.every((id) => ids.has(id)))
        setAnchorKey(item.key)
        setActiveKey(item.key)
      },
      toggleRange: (item) => {
        const from = items.findIndex((one) => one.key === (anchorKey ?? activeKey))
        const to = items.findIndex((one) => one.key === item.key)
        const range = from < 0 ? [item] : items.slice(Math.min(from, to), Math.max(from, to) + 1)
        setAll([...new Set(range.flatMap(idsOf))], !idsOf(item).every((id) => ids.has(id)))
        setAnchorKey(item.key)
        setActiveKey(item.key)
      },
      toggleAll: () => setAll(everyRun, !all),
      clear: () => setChosen(new Set()),
    }
  }, [items, known, chosen, activeKey, anchorKey])
}

export function idsOf(item: TableItem): string[] {
  return item.kind === 'run' ? [item.row.run.id] : item.group.rows.map((row) => row.run.id)
}
