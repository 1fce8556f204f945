/** Defects go to standard error with their stack; clients never see it. */
export function logError(what: string, error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`lossboard server: ${what}\n${detail}\n`)
}
