'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../_trpc/trpc.ts'
import { CopyText } from './copy-text.tsx'

const SNIPPET = `import { init } from 'lossboard'

const run = init({ project: 'first', config: { lr: 0.01 } })
for (let step = 0; step < 100; step++) run.log({ 'train/loss': 1 / (step + 1) }, step)
await run.finish()`

/** Nothing logged yet: where was looked, and the shortest ways to a first run. */
export function EmptyStore() {
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  return (
    <div className="mx-auto max-w-2xl px-4 py-12" data-testid="empty-store">
      <h1 className="text-xl font-semibold">No runs yet</h1>
      <p className="mt-1 text-muted">
        Lossboard is watching <code className="font-mono text-sm break-all text-text">{info?.location ?? '…'}</code>. Runs appear here as soon as they
        are logged.
      </p>
      <h2 className="mt-6 mb-1.5 font-semibold">Log from your own script</h2>
      <CopyText text={SNIPPET} />
      <p className="mt-1.5 text-sm text-muted">
        Logs go to <code className="font-mono text-xs">./lossboard.db</code> of the folder the script runs in, unless{' '}
        <code className="font-mono text-xs">LOSSBOARD_DIR</code> or the option <code className="font-mono text-xs">dir</code> says otherwise.
      </p>
      <h2 className="mt-6 mb-1.5 font-semibold">Or watch a real network train</h2>
      <CopyText text="npx lossboard demo" />
      <p className="mt-1.5 text-sm text-muted">Trains small networks on MNIST for about three minutes and opens them here.</p>
    </div>
  )
}
