/** Shortest text that reads back as exactly this number; `NaN`, `Infinity`, `-Infinity` and `-0` spelled out. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** The same as JSON, which has no NaN and no infinities: those become the strings "NaN", "Infinity", "-Infinity". */
export function numberJson(value: number): string {
  return Number.isFinite(value) ? numberText(value) : `"${value}"`
}
