import { CodeSample } from './code-sample.tsx'

/** Stands where a chart would be, and says what to log to get it. */
export function EmptyChart({ title, code, children }: { title: string; code: string; children?: string }) {
  return (
    <div
      className="flex min-h-28 min-w-0 flex-col justify-center rounded border border-dashed border-border-strong px-4 py-3"
      data-testid="empty-chart"
    >
      <h3 className="font-medium">{title}</h3>
      <p className="text-sm text-muted">{children ?? 'Not logged in this run. To see it, log'}</p>
      <div className="min-w-0">
        <CodeSample>{code}</CodeSample>
      </div>
    </div>
  )
}
