'use client'

import { RotateCcw } from 'lucide-react'
import { Button } from '../_ui/button.tsx'
import { useChartControls } from './chart-controls.ts'
import { SMOOTHING_KINDS, type SmoothingKind, xText } from './chart-settings.ts'
import { Select } from './select.tsx'
import { SmoothingAmount } from './smoothing-amount.tsx'
import { READING_ORDERS, type ReadingOrder } from './xy/nearest.ts'

const KIND_LABELS: Record<SmoothingKind, string> = { ema: 'EMA', mean: 'Window mean', gaussian: 'Gaussian', time: 'Half-life', none: 'No smoothing' }
const ORDER_LABELS: Record<ReadingOrder, string> = {
  nearest: 'nearest first',
  descending: 'highest first',
  ascending: 'lowest first',
  name: 'by name',
}

/** Metrics that are sensible as x axis come first. */
const X_METRIC = /(^|\/)(epoch|examples|tokens|samples|images|time|lr)$/i

/** Smoothing, x axis, y axis and zoom of every chart on the page. `metrics`: names that may serve as x axis. */
export function ChartControlsBar({ metrics }: { metrics: readonly string[] }) {
  const controls = useChartControls()
  const { set, smoothingKind, zoom } = controls
  const x = xText(controls.x)
  const names = [...new Set([...metrics.filter((name) => X_METRIC.test(name)), ...(controls.x.kind === 'metric' ? [x] : [])])].sort()
  const others = metrics.filter((name) => !names.includes(name)).slice(0, 200)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted" data-testid="chart-controls">
      <span className="flex items-center gap-1.5">
        <Select
          label="Smoothing"
          value={smoothingKind}
          onChange={(value) => set({ smoothing: value === 'ema' ? null : value, smooth: null })}
          groups={[{ options: SMOOTHING_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] })) }]}
          testId="smoothing-kind"
        />
        {smoothingKind === 'none' ? null : (
          <SmoothingAmount kind={smoothingKind} amount={controls.amount} onChange={(text) => set({ smooth: text })} />
        )}
      </span>
      <span className="flex items-center gap-1.5">
        <span aria-hidden>x</span>
        <Select
          label="x axis"
          value={x}
          // A range of one axis means nothing on another.
          onChange={(value) => set({ x: value === 'step' ? null : value, zoom: null })}
          groups={[
            {
              options: [
                { value: 'step', label: 'step' },
                { value: 'relative', label: 'time since start' },
                { value: 'wall', label: 'wall time' },
                ...names.map((name) => ({ value: name, label: name })),
              ],
            },
            { label: 'Other metrics', options: others.map((name) => ({ value: name, label: name })) },
          ]}
          testId="x-axis"
        />
      </span>
      <Check label="log y" checked={controls.logY} onChange={(on) => set({ logy: on ? '1' : null })} testId="log-y" />
      <Check
        label="clip outliers"
        title="y covers the 5th to 95th percentile of the visible values, as in TensorBoard"
        checked={controls.clipOutliers}
        onChange={(on) => set({ outliers: on ? 'clip' : null })}
        testId="clip-outliers"
      />
      <span className="flex items-center gap-1.5 max-sm:hidden">
        <span aria-hidden>tooltip</span>
        <Select
          label="Order of values in the tooltip"
          value={controls.order}
          onChange={(value) => set({ order: value === 'nearest' ? null : value })}
          groups={[{ options: READING_ORDERS.map((order) => ({ value: order, label: ORDER_LABELS[order] })) }]}
          testId="reading-order"
        />
      </span>
      {zoom ? (
        <Button size="small" onClick={() => set({ zoom: null })} data-testid="reset-zoom">
          <RotateCcw size={12} />
          Reset zoom
        </Button>
      ) : null}
    </div>
  )
}

interface CheckProps {
  label: string
  title?: string
  checked: boolean
  onChange: (checked: boolean) => void
  testId: string
}

function Check({ label, title, checked, onChange, testId }: CheckProps) {
  return (
    <label className="flex h-7 items-center gap-1.5 whitespace-nowrap" title={title}>
      <input type="checkbox" className="accent-accent" checked={checked} onChange={(event) => onChange(event.target.checked)} data-testid={testId} />
      {label}
    </label>
  )
}
