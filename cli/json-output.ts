/** JSON has no NaN and no infinity: they are written as the strings "NaN", "Infinity", "-Infinity", never as null. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item), 2)
}

export function printJson(value: unknown): void {
  process.stdout.write(`${toJsonText(value)}\n`)
}
