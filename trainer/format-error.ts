/** One line about an error, without its stack. */
export function formatError(error: unknown): string {
  if (!(error instanceof Error)) return String(error).split('\n', 1)[0] ?? ''
  const message = error.message.split('\n', 1)[0] ?? ''
  return error.name === 'Error' || error.name === 'LossboardError' || message === '' ? message || error.name : `${error.name}: ${message}`
}
