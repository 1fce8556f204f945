import { lossScale } from '../readings/loss-start.ts'
import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { show } from '../show-number.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

const SPIKES = 3
/** Points the spikes lie within, and most spikes among them: what happens more often is how the loss is distributed. */
const WITHIN = 1000
const MOST_SHARE = 0.02
const POINTS = 150
/** More values on the way up to a spike than spikes: a long tail, not outliers. */
const TAIL = 1.5
/** A longer stay above is another level. */
const LONGEST = 30
/** Share of the first loss, or that of guessing, a spike must be high to matter, and to be grave. */
const HIGH = 0.1
const GRAVE = 1
/** From this share up there must be few in between: grave spikes that stand apart are no tail. */
const BETWEEN = 0.25
const FEW = 1 / 3

export const lossSpikes: Rule = {
  id: 'D15',
  code: RULE_NAMES.D15,
  title: 'Loss spikes',
  severities: ['warning', 'info'],
  citation: 'Google Tuning Playbook, training instability; Lightning SpikeDetection',
  supervised: true,
  consequenceOf: ['D06', 'D11'],
  judge(run) {
    const series = run.series('train-loss')
    if (series === null) return notEnoughData('log the training loss of each step as `train/loss`')
    const { spikes, points } = series.sketch
    if (points < POINTS) return notEnoughData(`at least ${POINTS} training losses`)
    const start = lossScale(run, series)
    const kept = spikes.kept.filter(({ value, level, length }) => length <= LONGEST && value - level > HIGH * start)
    const burst = kept.findIndex((spike, i) => (kept[i + SPIKES - 1]?.point ?? Number.POSITIVE_INFINITY) - spike.point <= WITHIN)
    if (burst < 0) return clear(`${series.name} has ${kept.length === 0 ? 'no spikes' : `${kept.length} spikes, far apart`}.`)
    const heights = kept.map(({ value, level }) => (value - level) / start)
    const grave = heights.filter((height) => height > GRAVE).length
    const apart = grave >= SPIKES && heights.filter((height) => height > BETWEEN && height <= GRAVE).length <= FEW * grave
    if (spikes.ended > MOST_SHARE * points || (spikes.moderate > TAIL * spikes.ended + SPIKES && !apart))
      return clear(`${series.name} has a long tail of high values: that is how it is distributed, not spikes.`)
    const first = kept[burst]!
    const last = kept[kept.length - 1]!
    const highest = kept.reduce((a, b) => (b.value - b.level > a.value - a.level ? b : a))
    return fired(grave >= SPIKES ? 'warning' : 'info', [first.step, last.step], {
      confidence: Math.min(1, 0.6 + 0.1 * (kept.length - SPIKES)),
      says: `${series.name} jumps up ${spikes.ended} times and comes back, highest from ${show(highest.level)} to ${show(highest.value)} at step ${highest.step}.`,
      fixes: [
        'Look at the batches of those steps: broken or mislabelled examples come back every epoch.',
        'Clip the norm of the gradient.',
        'Lower the learning rate.',
      ],
      evidence: [
        evidence(series, [first.step, last.step], { spikes: spikes.ended, highest: highest.value, 'level there': highest.level }, { spikes: SPIKES }),
      ],
    })
  },
}
