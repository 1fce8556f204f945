'use client'

import { parseAsBoolean, useQueryState } from 'nuqs'

const parser = parseAsBoolean.withDefault(false)

/** Whether charts also draw what was superseded; in the address as `abandoned`. */
export function useAbandoned() {
  return useQueryState('abandoned', parser)
}
