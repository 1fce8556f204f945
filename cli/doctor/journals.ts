import { findJournals } from '../sync/find-journals.ts'
import type { Check } from './check.ts'

/** What was logged while a server was away and is still to be sent. */
export const journals: Check = async () => {
  const waiting = findJournals([]).filter((journal) => {
    try {
      return journal.readOpening().ended === true
    } catch {
      return true
    }
  })
  if (waiting.length === 0) return []
  const many = waiting.length > 1
  return [
    {
      what: 'journals',
      status: 'warning',
      detail: `${waiting.length} ${many ? 'runs have' : 'run has'} not wholly reached a server: ${waiting[0]?.path}${many ? ' …' : ''}`,
      mend: '`lossboard sync` sends what is left',
    },
  ]
}
