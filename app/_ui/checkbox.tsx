import type { InputHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'

/** A native checkbox; `indeterminate` draws the third state. Needs a label or `aria-label`. */
export function Checkbox({ indeterminate = false, className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { indeterminate?: boolean }) {
  return (
    <input
      type="checkbox"
      ref={(element) => {
        if (element) element.indeterminate = indeterminate
      }}
      className={classNames('size-3.5 shrink-0 cursor-pointer accent-accent', className)}
      {...rest}
    />
  )
}
