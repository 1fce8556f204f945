import type { StudyShape } from '../../core/ablation/study.ts'

export const SHAPE_TEXTS: Record<StudyShape, { name: string; meaning: string }> = {
  star: { name: 'leave-one-out', meaning: 'Each variant changes one thing of the baseline.' },
  'add-one-in': { name: 'add-one-in', meaning: 'Each variant adds one part to the bare baseline.' },
  chain: { name: 'cumulative', meaning: 'Each variant adds to the one before; differences are to the row before.' },
  sweep: { name: 'sweep', meaning: 'The variants are values of one setting.' },
  factorial: { name: 'factorial', meaning: 'Every combination of the factors is a variant.' },
  fractional: { name: 'fractional factorial', meaning: 'A chosen fraction of the combinations: some effects cannot be told apart.' },
  free: { name: 'free', meaning: 'The variants differ in no regular way.' },
}
