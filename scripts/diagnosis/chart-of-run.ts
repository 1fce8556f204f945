import { sampleColumns } from '../../app/_charts/fixtures/sample-columns.ts'
import type { XyData } from '../../app/_charts/xy/xy-data.ts'
import { RUN_PALETTE } from '../../core/colour.ts'
import type { Finding } from '../../core/diagnosis/rule.ts'
import type { RunLog } from '../../test/diagnosis/generator/memory-run.ts'
import type { DiagnosisFigure } from './figures.ts'

/** Columns the lines are thinned to: small files, no visible difference at this size. */
const COLUMNS = 70

/** The series of a figure with the stretches that the finding rests on. */
export function chartOfRun({ title, series, smoothing, logY }: DiagnosisFigure, { series: logged }: RunLog, finding: Finding): XyData {
  const names = series.flatMap((name) =>
    name.endsWith('/*')
      ? Object.keys(logged).filter((one) => one.startsWith(name.slice(0, -1)) && !one.endsWith('/global'))
      : name in logged
        ? [name]
        : [],
  )
  const lines = names.map((name, index) => {
    const { step, value } = logged[name] ?? { step: [], value: [] }
    const columns = sampleColumns(value, { runId: 'run', name, smoothing, width: COLUMNS, step: (i) => step[i] ?? 0 })
    const label = series[0]?.endsWith('/*') ? name.slice(name.indexOf('/') + 1) : name
    return { key: name, runId: 'run', name, label, colour: RUN_PALETTE[index % RUN_PALETTE.length] ?? 'grey', dash: 'solid' as const, columns }
  })
  const spans = finding.evidence
    .filter((one) => one.series !== null && names.includes(one.series))
    .slice(0, 1)
    .map(({ fromStep, toStep }) => ({ label: finding.title.toLowerCase(), fromStep, toStep, tone: finding.severity }))
  const whole = { label: finding.title.toLowerCase(), fromStep: finding.firstStep, toStep: finding.lastStep, tone: finding.severity }
  return { title, lines, x: { kind: 'step' }, smoothing, view: null, logY, clipOutliers: false, spans: spans.length > 0 ? spans : [whole] }
}
