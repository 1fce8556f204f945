import type { Computed } from '../stats/computed.ts'
import type { ExactTest } from '../stats/exact-test.ts'
import { labelPermutation } from '../stats/label-permutation.ts'
import { mannWhitneyU } from '../stats/mann-whitney.ts'
import { signFlip } from '../stats/sign-flip.ts'
import type { TTest } from '../stats/t-tests.ts'
import { wilcoxonSignedRank } from '../stats/wilcoxon.ts'
import type { StudyComparison, TestName, TestOutcome } from './study-result.ts'
import type { TableSettings } from './table-settings.ts'

export interface Samples {
  paired: boolean
  variant: number[]
  reference: number[]
  differences: number[]
  /** Largest value of both sides: by it rounding noise is told from differences. */
  size: number
}

/** Every test that fits: of the pairs when paired, of the two groups otherwise. */
export function runTests(samples: Samples, t: Computed<TTest>, welch: Computed<TTest>, asked: TableSettings['test']): StudyComparison['tests'] {
  const { paired, variant, reference, differences, size } = samples
  if (paired) {
    const tests: StudyComparison['tests'] = [
      { name: 'paired-t', outcome: ofT(t) },
      { name: 'sign-flip', outcome: ofExact(signFlip(differences, size), 'difference') },
      { name: 'wilcoxon', outcome: ofExact(wilcoxonSignedRank(differences, size), 'W') },
    ]
    return asked === 'welch' ? [...tests, { name: 'welch', outcome: ofT(welch) }] : tests
  }
  return [
    { name: 'welch', outcome: ofT(welch) },
    { name: 'label-permutation', outcome: ofExact(labelPermutation(variant, reference), 'difference') },
    { name: 'mann-whitney', outcome: ofExact(mannWhitneyU(variant, reference), 'U') },
  ]
}

/** Which test the p is of, and why. Where the chosen one needs pairs and there are none, its counterpart for two groups. */
export function chooseTest(asked: TableSettings['test'], paired: boolean): { test: TestName | null; reason: string } {
  if (asked === 'none') return { test: null, reason: 'No test is chosen.' }
  if (asked === 'auto')
    return paired ? { test: 'paired-t', reason: 'Paired by seed: paired t test.' } : { test: 'welch', reason: 'Not paired: Welch’s t test.' }
  if (asked === 'welch') return { test: 'welch', reason: paired ? 'Chosen for the study, although seeds are shared.' : 'Chosen for the study.' }
  if (paired) return { test: asked, reason: 'Chosen for the study.' }
  if (asked === 'paired-t') return { test: 'paired-t', reason: 'Chosen for the study, but there are no pairs.' }
  const counterpart = asked === 'wilcoxon' ? 'mann-whitney' : 'label-permutation'
  return { test: counterpart, reason: `There are no pairs for the chosen ${asked} test: its counterpart for two groups is used.` }
}

function ofT(test: Computed<TTest>): Computed<TestOutcome> {
  if (!test.defined) return test
  return { defined: true, statistic: test.t, statisticName: 't', df: test.df, p: test.p, floor: null, method: 'formula', resamples: null }
}

function ofExact(test: Computed<ExactTest>, statisticName: TestOutcome['statisticName']): Computed<TestOutcome> {
  if (!test.defined) return test
  const { statistic, p, floor, method, resamples } = test
  // A normal approximation has no floor to speak of.
  return { defined: true, statistic, statisticName, df: null, p, floor: method === 'normal-approximation' ? null : floor, method, resamples }
}
