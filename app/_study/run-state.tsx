import type { CellValue, RunState, StudySlot } from '../../core/ablation/study-result.ts'

interface StateLook {
  sign: string
  word: string
  look: string
}

/** Sign and word as well as colour. */
export const SLOT_LOOKS: Record<StudySlot['state'], StateLook> = {
  finished: { sign: '●', word: 'finished', look: 'text-success' },
  running: { sign: '◐', word: 'running', look: 'text-info' },
  failed: { sign: '✕', word: 'failed', look: 'text-danger' },
  crashed: { sign: '✕', word: 'crashed', look: 'text-danger' },
  interrupted: { sign: '■', word: 'interrupted', look: 'text-warning' },
  missing: { sign: '·', word: 'missing', look: 'text-faint' },
}

const STATE_LOOKS: Record<RunState, { word: string; look: string }> = {
  counted: { word: 'counted', look: 'text-muted' },
  running: { word: 'running', look: 'text-success' },
  failed: { word: 'failed', look: 'text-danger' },
  interrupted: { word: 'interrupted', look: 'text-warning' },
  crashed: { word: 'crashed', look: 'text-danger' },
  diverged: { word: 'diverged', look: 'text-danger' },
  'no-value': { word: 'no value', look: 'text-warning' },
  duplicate: { word: 'duplicate, not counted', look: 'text-warning' },
}

export function RunStateText({ state }: Pick<CellValue, 'state'>) {
  const { word, look } = STATE_LOOKS[state]
  return <span className={look}>{word}</span>
}
