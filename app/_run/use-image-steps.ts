'use client'

import { useState } from 'react'
import type { StoredRecord } from '../../core/stored-record.ts'
import { stepsOf } from './record-steps.ts'

export interface NamedImages {
  name: string
  /** In the order of their steps. */
  records: StoredRecord[]
  steps: number[]
}

/** Images by name, in the order given. */
export function imagesByName(records: readonly StoredRecord[], compare: (a: string, b: string) => number): NamedImages[] {
  const byName = new Map<string, StoredRecord[]>()
  for (const record of records) {
    const list = byName.get(record.name)
    if (list) list.push(record)
    else byName.set(record.name, [record])
  }
  return [...byName]
    .sort(([a], [b]) => compare(a, b))
    .map(([name, all]) => ({ name, records: all.sort((a, b) => a.step - b.step || a.id - b.id), steps: stepsOf(all) }))
}

/** The step each name shows: its newest until one is chosen; together, all names follow the one that is moved. */
export function useImageSteps(together: boolean) {
  const [own, setOwn] = useState<Record<string, number>>({})
  const [shared, setShared] = useState<number | null>(null)
  const indexOf = ({ name, steps }: NamedImages) => {
    const wanted = together ? shared : (own[name] ?? null)
    if (wanted === null) return steps.length - 1
    return Math.max(
      0,
      steps.findLastIndex((step) => step <= wanted),
    )
  }
  const choose = ({ name, steps }: NamedImages, index: number) => {
    const step = steps[index]
    if (step === undefined) return
    // At the end a name stays with what is logged next.
    const newest = index === steps.length - 1
    if (together) setShared(newest ? null : step)
    else setOwn(({ [name]: _, ...rest }) => (newest ? rest : { ...rest, [name]: step }))
  }
  return { indexOf, choose }
}
