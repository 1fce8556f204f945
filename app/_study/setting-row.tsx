import { type ReactNode, useId } from 'react'
import { Select } from '../_charts/select.tsx'
import { Checkbox } from '../_ui/checkbox.tsx'

/** A name and its control on one line. */
export function SettingRow({ name, title, children }: { name: string; title?: string; children: ReactNode }) {
  return (
    <div className="flex min-h-7 items-center justify-between gap-3" title={title}>
      <span className="text-muted">{name}</span>
      <span className="flex min-w-0 items-center gap-1.5">{children}</span>
    </div>
  )
}

export function SettingCheck({
  name,
  title,
  checked,
  onChange,
}: {
  name: string
  title?: string
  checked: boolean
  onChange: (on: boolean) => void
}) {
  const id = useId()
  return (
    <label htmlFor={id} className="flex min-h-6 items-center gap-2" title={title}>
      <Checkbox id={id} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{name}</span>
    </label>
  )
}

interface SettingSelectProps<Value extends string> {
  name: string
  title?: string
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

export function SettingSelect<Value extends string>({ name, title, value, options, onChange }: SettingSelectProps<Value>) {
  return (
    <SettingRow name={name} {...(title !== undefined && { title })}>
      <Select
        label={name}
        value={value}
        onChange={(next) => onChange(next as Value)}
        groups={[{ options: [...options] }]}
        testId={`setting-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`}
      />
    </SettingRow>
  )
}
