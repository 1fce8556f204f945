interface SelectProps {
  /** Name for screen readers. */
  label: string
  value: string
  onChange: (value: string) => void
  groups: { label?: string; options: { value: string; label: string }[] }[]
  testId: string
}

/** The browser's own drop-down: works with keyboard, touch and screen readers as people know it. */
export function Select({ label, value, onChange, groups, testId }: SelectProps) {
  const filled = groups.filter((group) => group.options.length > 0)
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-7 max-w-44 truncate rounded border border-border-strong bg-surface-raised px-1.5 text-sm text-text"
      data-testid={testId}
    >
      {filled.map((group) =>
        group.label ? (
          <optgroup key={group.label} label={group.label}>
            <Options options={group.options} />
          </optgroup>
        ) : (
          <Options key="" options={group.options} />
        ),
      )}
    </select>
  )
}

function Options({ options }: { options: { value: string; label: string }[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ))
}
