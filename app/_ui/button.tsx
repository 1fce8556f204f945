import { Slot } from 'radix-ui'
import type { ButtonHTMLAttributes, Ref } from 'react'
import { classNames } from './class-names.ts'

const LOOKS = {
  plain: 'border-border-strong bg-surface-raised text-text hover:bg-surface-hover',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-surface-hover hover:text-text',
  primary: 'border-transparent bg-accent text-on-accent hover:opacity-90',
  danger: 'border-danger bg-surface-raised text-danger hover:bg-danger-soft',
} as const

const SIZES = {
  small: 'h-6 px-2 text-sm gap-1',
  medium: 'h-7 px-2.5 text-sm gap-1.5',
  icon: 'h-7 w-7 justify-center',
  'small-icon': 'h-6 w-6 justify-center',
  'tiny-icon': 'h-5 w-5 justify-center',
  'slim-icon': 'h-7 w-6 justify-center',
} as const

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS
  size?: keyof typeof SIZES
  /** Gives look and size to the child element (a link) instead of drawing a button. */
  asChild?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** `look`: plain (default), quiet, primary, danger. `size`: medium (default), small, icon, small-icon, tiny-icon, slim-icon; icon sizes need an `aria-label`. */
export function Button({ look = 'plain', size = 'medium', asChild, className, ...rest }: ButtonProps) {
  const Element = asChild ? Slot.Root : 'button'
  return (
    <Element
      {...(asChild ? {} : { type: 'button' as const })}
      className={classNames(
        'inline-flex shrink-0 items-center rounded border font-medium whitespace-nowrap select-none disabled:cursor-default disabled:opacity-45',
        LOOKS[look],
        SIZES[size],
        className,
      )}
      {...rest}
    />
  )
}
