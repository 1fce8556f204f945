/** JSON has no NaN and no infinity: they are written as the strings "NaN", "Infinity", "-Infinity", never as null. */
export function printJson(value: unknown): void {
  const text = JSON.stringify(value, (_key, item) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item), 2)
  process.stdout.write(`${text}\n`)
}
