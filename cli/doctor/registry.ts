import type { Check } from './check.ts'
import { diskSpace } from './disk-space.ts'
import { journals } from './journals.ts'
import { program } from './program.ts'
import { server } from './server.ts'
import { sqlite } from './sqlite.ts'
import { storeFile } from './store-file.ts'
import { storeRuns } from './store-runs.ts'
import { tensorflow } from './tensorflow.ts'

/** In the order of the report. */
export const CHECKS: readonly Check[] = [program, sqlite, tensorflow, storeFile, storeRuns, diskSpace, server, journals]
