import { browserCharts } from './browser-charts.ts'
import { browserLive } from './browser-live.ts'
import { chartQuery } from './chart-query.ts'
import { diagnosisCost, diagnosisQuality } from './diagnosis.ts'
import { httpIngest } from './http-ingest.ts'
import { ingest } from './ingest.ts'
import { labOptimizers } from './lab-optimizers.ts'
import { labProbes } from './lab-probes.ts'
import { labLeaks, labMnistConv, labMnistResidual } from './lab-training.ts'
import { logCall } from './log-call.ts'
import { overview } from './overview.ts'
import { packageBenchmark } from './package.ts'
import type { Benchmark } from './row.ts'
import { tfevents } from './tfevents.ts'
import { updateRatio } from './update-ratio.ts'

/** Every benchmark, in the order of the table. */
export const benchmarks: readonly Benchmark[] = [
  logCall,
  ingest,
  httpIngest,
  chartQuery,
  overview,
  tfevents,
  updateRatio,
  labOptimizers,
  labProbes,
  labLeaks,
  labMnistConv,
  labMnistResidual,
  diagnosisCost,
  diagnosisQuality,
  packageBenchmark,
  browserLive,
  browserCharts,
]
