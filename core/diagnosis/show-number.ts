/** A figure in a sentence: three digits, which is what a reader compares. */
export function show(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'infinity' : '−infinity'
  const size = Math.abs(value)
  const text = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1) : String(Number(value.toPrecision(3)))
  return text.replace('-', '−')
}

/** A share in a sentence. */
export function showPercent(share: number): string {
  return `${show(share * 100)} %`
}
