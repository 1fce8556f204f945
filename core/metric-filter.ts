export interface MetricFilter {
  matches: (name: string) => boolean
  /** Why the text is no valid pattern; everything matches meanwhile. */
  problem: string | null
}

/** Case-insensitive regular expression over metric names; an empty text matches all. */
export function metricFilter(text: string): MetricFilter {
  const pattern = text.trim()
  if (pattern === '') return { matches: () => true, problem: null }
  try {
    const expression = new RegExp(pattern, 'i')
    return { matches: (name) => expression.test(name), problem: null }
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '') : String(error)
    return { matches: () => true, problem: `Not a valid pattern: ${reason}. Showing all metrics.` }
  }
}
