import { CopyButton } from '../_ui/copy-button.tsx'

/** Code with a button that copies it. */
export function CopyText({ text }: { text: string }) {
  return (
    <div className="relative rounded border border-border bg-surface">
      <pre className="overflow-x-auto py-2.5 pr-12 pl-3 font-mono text-sm leading-5">{text}</pre>
      <div className="absolute top-1.5 right-1.5 bg-surface">
        <CopyButton text={() => text} label="Copy" compact />
      </div>
    </div>
  )
}
