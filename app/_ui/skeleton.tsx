import { classNames } from './class-names.ts'

/** A grey block where something is loading. Give it a size by `className`. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-[skeleton_1.6s_ease-in-out_infinite] rounded bg-surface-hover', className)} />
}
