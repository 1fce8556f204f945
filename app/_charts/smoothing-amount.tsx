'use client'

import { useEffect, useState } from 'react'
import { AMOUNTS, type SmoothingKind } from './chart-settings.ts'

interface SmoothingAmountProps {
  kind: Exclude<SmoothingKind, 'none'>
  amount: number
  /** Text for the URL. Written even when it is the default: it was chosen, and charts with a default of their own then follow it. */
  onChange: (text: string) => void
}

/** Slider for the usual range and a number box for all of it. What is being typed may be unfinished: the last valid amount stays in force. */
export function SmoothingAmount({ kind, amount, onChange }: SmoothingAmountProps) {
  const { label, min, max, sliderMax, step } = AMOUNTS[kind]
  const [text, setText] = useState(String(amount))
  useEffect(() => setText(String(amount)), [amount])
  const choose = (value: number) => {
    setText(String(value))
    onChange(String(value))
  }
  const value = Number(text)
  const valid = text.trim() !== '' && value >= min && value <= max
  return (
    <>
      <input
        type="range"
        aria-label={`Smoothing, ${label}`}
        min={kind === 'ema' ? 0 : min}
        max={sliderMax}
        step={step}
        value={Math.min(amount, sliderMax)}
        onChange={(event) => choose(Number(event.target.value))}
        className="w-28 accent-accent max-sm:w-24"
        data-testid="smoothing-slider"
      />
      <input
        type="text"
        inputMode="decimal"
        aria-label={`Smoothing ${label}, ${min} to ${max}`}
        aria-invalid={!valid}
        title={`${label}, ${min} to ${max}`}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          const next = Number(event.target.value)
          if (event.target.value.trim() !== '' && next >= min && next <= max) onChange(String(next))
        }}
        onBlur={() => setText(String(amount))}
        className="num h-7 w-16 rounded border border-border-strong bg-surface-raised px-1.5 text-text aria-invalid:border-danger"
        data-testid="smoothing-box"
      />
    </>
  )
}
