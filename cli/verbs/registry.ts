import { ablate } from './ablate.ts'
import { demo } from './demo.ts'
import { diagnose } from './diagnose.ts'
import { doctor } from './doctor.ts'
import { ensemble } from './ensemble.ts'
import { exportRuns } from './export.ts'
import { importLogs } from './import.ts'
import { ls } from './ls.ts'
import { serve } from './serve.ts'
import { show } from './show.ts'
import { sync } from './sync.ts'
import { table } from './table.ts'
import { token } from './token.ts'
import { train } from './train.ts'
import type { Verb } from './verb.ts'

/** In the order of the help. */
export const VERBS: readonly Verb[] = [serve, demo, train, ensemble, ablate, importLogs, ls, show, diagnose, exportRuns, sync, table, token, doctor]

/** What `lossboard [path]` without a verb does. */
export const DEFAULT_VERB: Verb = serve
