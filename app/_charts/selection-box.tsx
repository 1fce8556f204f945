/** The stretch that a drag is about to zoom to, from pixel to pixel over the whole height of the plot. */
export function SelectionBox({ from, to, plot }: { from: number; to: number; plot: { top: number; height: number } }) {
  return (
    <div
      className="pointer-events-none absolute border-x border-accent bg-accent/15"
      style={{ left: from, width: to - from, top: plot.top, height: plot.height }}
    />
  )
}
