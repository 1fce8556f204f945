/** Where the crosshair stands, shared by all charts of a page: an x value in data units and the chart that is pointed at. */
export interface Crosshair {
  x: number
  /** Words for the kind of x; charts with another x axis do not show it. */
  axis: string
  source: string
  /** Pointer height in the source chart, in pixels; null when moved by keyboard. */
  pixelY: number | null
}

let current: Crosshair | null = null
const listeners = new Set<() => void>()

export const crosshair = {
  get: () => current,
  set(next: Crosshair | null): void {
    if (
      current === next ||
      (current && next && current.x === next.x && current.pixelY === next.pixelY && current.source === next.source && current.axis === next.axis)
    )
      return
    current = next
    for (const listener of listeners) listener()
  },
  /** Clears it if this chart set it. */
  leave(source: string): void {
    if (current?.source === source) crosshair.set(null)
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
