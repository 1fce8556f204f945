import { CommanderError } from 'commander'
import { ERRORS, isLossboardError } from '../core/errors.ts'

/** Exit code of a defect in Lossboard itself, as opposed to the codes of core/errors.ts. */
const DEFECT = 70

/** Tells the person what went wrong in one line on stderr; returns the exit code. LOSSBOARD_DEBUG=1 adds the stack. */
export function reportError(error: unknown): number {
  // Help and version end the program through an exception too.
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const debug = process.env.LOSSBOARD_DEBUG === '1'
  if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  if (error instanceof CommanderError) return tell(usageMessage(error), ERRORS.invalid_option.exit)
  if (isLossboardError(error)) return tell(error.message, ERRORS[error.code].exit)
  const message = error instanceof Error ? error.message : String(error)
  return tell(`unexpected error: ${message}${debug ? '' : ' (LOSSBOARD_DEBUG=1 shows where)'}`, DEFECT)
}

function tell(message: string, exit: number): number {
  process.stderr.write(`lossboard: ${message.trim().replaceAll(/\s*\n\s*/g, ' ')}\n`)
  return exit
}

function usageMessage(error: CommanderError): string {
  const message = error.message.replace(/^error: /, '')
  return message.includes('Did you mean') ? message : `${message.replace(/\.$/, '')}; lossboard --help lists what there is`
}
