import { expect, it } from 'vitest'
import { DEFAULT_TABLE_SETTINGS } from '../../../core/ablation/table-settings.ts'
import { checklistParagraph } from '../../../core/table/formats/checklist.ts'
import { ACCURACY, exampleResult, LOSS, ROWS } from './example-study.ts'

const paragraph = (metrics = [ACCURACY, LOSS], rows = ROWS) => checklistParagraph(exampleResult(rows, metrics, DEFAULT_TABLE_SETTINGS))

it('the checklist paragraph says what was compared, how it was selected, tested and corrected, and what became of every run', () => {
  expect(paragraph()).toBe(
    'We compare 3 variants with 5 independent runs per variant (seeds 0, 1, 2, 3, 4); runs of one variant differ in their random seed only. ' +
      'Values reported: Test accuracy (higher is better), Test loss (lower is better): at the end of training. ' +
      'Error bars are one sample standard deviation (n − 1) over seeds. ' +
      'Differences are tested two-sided with the paired t-test (paired by seed), with Holm correction over 4 comparisons, α = 0.05. ' +
      'In total 15 runs were started: 15 finished, 0 failed, 0 diverged, 0 unfinished. They took 15m 19s of wall-clock time together.',
  )
})

it('metrics selected in different ways are told apart', () => {
  const best = { ...LOSS, aggregate: { kind: 'best' } as const }
  expect(paragraph([ACCURACY, best])).toContain(
    'Test accuracy (higher is better): at the end of training; Test loss (lower is better): best value reached during training.',
  )
})

it('one seed has no error bars, and that is said', () => {
  expect(
    paragraph(
      [ACCURACY],
      ROWS.map((row) => ({ ...row, values: { 'test/accuracy': [0.9] } })),
    ),
  ).toContain('With one seed per variant no error bars can be given.')
})
