type Range = [number, number]

/** `range` scaled by `factor` about `at`, kept within `full`; null when it covers all of it. Below 1 zooms in. */
export function zoomed(range: Range, at: number, factor: number, full: Range): Range | null {
  const span = (range[1] - range[0]) * factor
  const least = Math.max(1e-12, Math.abs(full[1] - full[0]) * 1e-7, Math.abs(at) * 1e-12)
  if (!(span >= least)) return range
  const share = (at - range[0]) / (range[1] - range[0])
  const low = Math.max(full[0], at - share * span)
  const high = Math.min(full[1], at + (1 - share) * span)
  return low <= full[0] && high >= full[1] ? null : low < high ? [low, high] : range
}

/** `range` moved by `shift`, stopping at the ends of `full`. */
export function panned(range: Range, shift: number, full: Range): Range | null {
  const span = range[1] - range[0]
  if (span >= full[1] - full[0]) return null
  const low = Math.min(Math.max(range[0] + shift, full[0]), full[1] - span)
  return [low, low + span]
}
