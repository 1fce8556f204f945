/** A line of code to copy into a training script. */
export function CodeSample({ children }: { children: string }) {
  return (
    <code className="mt-1.5 inline-block max-w-full overflow-x-auto rounded border border-border bg-surface px-2 py-1 text-left font-mono text-sm whitespace-pre text-text">
      {children}
    </code>
  )
}
