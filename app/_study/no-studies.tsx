import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import { CopyText } from '../_runs/copy-text.tsx'
import { Button } from '../_ui/button.tsx'

const SNIPPET = `import { ablate } from 'lossboard'

await ablate(
  {
    name: 'parts of the model',
    base: { norm: 'batch', dropout: 0.25, augment: true },
    without: { norm: { norm: 'none' }, dropout: { dropout: 0 }, augment: { augment: false } },
    seeds: 5,
    metrics: { 'test/accuracy': { goal: 'max', unit: '%' } },
  },
  async (config, run) => {
    // Train with \`config\` and log to \`run\`: run.log({ 'test/accuracy': 0.93 }, step)
  },
)`

/** No study yet: the two ways to one. */
export function NoStudies({ project }: { project: string | null }) {
  return (
    <div className="mx-auto max-w-2xl px-2 py-8" data-testid="no-studies">
      <h2 className="text-lg font-semibold">{project === null ? 'No ablation studies yet' : `No ablation studies in "${project}"`}</h2>
      <p className="mt-1 text-muted">A study compares variants of a model over seeds and ends in a table for a paper.</p>
      <h3 className="mt-5 mb-1.5 font-semibold">From runs that you have</h3>
      <p className="mb-2 text-muted">
        Tick runs in the table and choose <em>Make a study</em> (key <kbd className="font-mono text-xs">s</kbd>). Factors, seeds and the baseline are
        found in their configs.
      </p>
      <Button asChild look="primary">
        <Link href={project === null ? '/' : `/?${new URLSearchParams({ project })}`}>
          <FlaskConical size={14} />
          Choose runs
        </Link>
      </Button>
      <h3 className="mt-6 mb-1.5 font-semibold">Or declared in code, trained and resumed for you</h3>
      <CopyText text={SNIPPET} />
      <p className="mt-1.5 text-sm text-muted">
        The same as a file: <code className="font-mono text-xs">npx lossboard ablate study.yaml</code>, for programs in any language.
      </p>
    </div>
  )
}
