import { classNames } from './class-names.ts'

/** Runs of one sweep often differ only at the end of their names, so the middle gives way. The whole text is the title. */
export function MiddleText({ text, tail = 12, className }: { text: string; tail?: number; className?: string }) {
  const cut = Math.max(0, text.length - tail)
  return (
    <span className={classNames('flex max-w-full min-w-0', className)} title={text}>
      <span className="truncate">{text.slice(0, cut)}</span>
      <span className="shrink-0 whitespace-pre">{text.slice(cut)}</span>
    </span>
  )
}
