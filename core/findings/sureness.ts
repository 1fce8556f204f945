/** Confidence as people read it: no rule is ever wholly sure. */
export function sureness(confidence: number): string {
  return `${Math.min(99, Math.round(confidence * 100))} % sure`
}
