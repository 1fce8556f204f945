'use client'

/** Chooses the layer whose histogram is shown. */
export function LayerSelect({ layers, value, onChange }: { layers: string[]; value: string; onChange: (layer: string) => unknown }) {
  return (
    <select
      aria-label="Layer"
      data-testid="layer-select"
      value={value}
      className="h-6 max-w-40 min-w-0 rounded border border-border-strong bg-surface-raised px-1 text-sm"
      onChange={(event) => void onChange(event.target.value)}
    >
      {layers.map((layer) => (
        <option key={layer} value={layer}>
          {layer}
        </option>
      ))}
    </select>
  )
}
