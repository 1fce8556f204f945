#!/usr/bin/env node
import { buildProgram } from './program.ts'
import { reportError } from './report-error.ts'

// `lossboard export … | head` closes our output early: that is no error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })

try {
  await buildProgram().parseAsync()
} catch (error) {
  process.exitCode = reportError(error)
}
