#!/usr/bin/env node
import { ERRORS } from '../core/errors.ts'
import { buildProgram } from './program.ts'
import { reportError } from './report-error.ts'
import { VERBS } from './verbs/registry.ts'

// `lossboard export … | head` closes our output early: that is no error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })

try {
  await buildProgram().parseAsync()
} catch (error) {
  const exit = reportError(error)
  const usageExit = VERBS.find(({ name }) => name === process.argv[2])?.usageExit
  process.exitCode = exit === ERRORS.invalid_option.exit ? (usageExit ?? exit) : exit
}
