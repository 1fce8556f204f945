/** One plain line for a person. A lost connection has no words of its own, so it gets some. */
export function errorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  if (/failed to fetch|networkerror|load failed/i.test(message)) return 'The Lossboard server does not answer. Is it still running?'
  return message || 'Something went wrong.'
}
