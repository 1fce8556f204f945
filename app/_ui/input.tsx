import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'

const LOOK =
  'w-full rounded border border-border-strong bg-surface-raised px-2 text-text focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/30'

export function Input({ className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input className={classNames(LOOK, 'h-7', className)} spellCheck={false} autoComplete="off" {...rest} />
}

export function Textarea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea className={classNames(LOOK, 'min-h-24 py-1.5', className)} {...rest} />
}
