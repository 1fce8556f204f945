'use client'

import { useState } from 'react'

/** A chosen step that stays with the newest one until a person moves away from it. */
export function useStepChoice(steps: readonly number[]): { index: number; choose: (index: number) => void } {
  const [chosen, setChosen] = useState<number | null>(null)
  const last = Math.max(0, steps.length - 1)
  const at = chosen === null ? last : steps.findLastIndex((step) => step <= chosen)
  return { index: Math.max(0, at), choose: (index) => setChosen(index >= last ? null : (steps[index] ?? null)) }
}
