'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { configText, flattenConfig } from '../../core/config-diff.ts'
import { formatCount } from '../../core/format-number.ts'
import type { RunLink } from '../../core/run-link.ts'
import { Button } from '../_ui/button.tsx'
import { LinkedRun, linkStep, RunName } from './linked-run.tsx'
import type { RunData } from './run-data.ts'

/** Runs this one came from and those that came of it: forks, which share points, and checkpoints, which share weights. */
export function LineageFamily({ data }: { data: RunData }) {
  const { run, parent, children, links } = data
  const sources = links.to.filter((link) => link.role === 'checkpoint')
  const users = links.from.filter((link) => link.role === 'checkpoint')
  const near = [...links.to, ...links.from].filter((link) => !link.run.deleted).map((link) => link.run.id)
  const family = [...new Set([run.parentId ?? '', run.id, ...children.map((child) => child.id), ...near])].filter(Boolean)
  return (
    <section className="flex flex-col gap-2" data-testid="family">
      <h2 className="font-semibold">Family</h2>
      <div className="flex flex-col gap-1.5 text-sm">
        {parent ? (
          <p>
            Forked from <RunName {...parent} />
            {run.forkStep === null
              ? '.'
              : ` at step ${formatCount(run.forkStep)}: what came before is the parent's and is drawn as part of this run.`}
          </p>
        ) : run.parentId !== null ? (
          <p>Forked from a run that is no longer in the store ({run.parentId}).</p>
        ) : sources.length === 0 ? (
          <p className="text-muted">Not forked from another run.</p>
        ) : null}
        {sources.map((link) => (
          <p key={keyOf(link)}>
            Started from a checkpoint of <LinkedRun link={link} />, {linkStep(link)}
            <Detail link={link} />.
          </p>
        ))}
        {children.length > 0 ? (
          <Offspring title="Forked from this run:">
            {children.map((child) => (
              <li key={child.id}>
                <RunName {...child} />
              </li>
            ))}
          </Offspring>
        ) : null}
        {users.length > 0 ? (
          <Offspring title="Started from checkpoints of this run:">
            {users.map((link) => (
              <li key={keyOf(link)}>
                <LinkedRun link={link} />, from {linkStep(link)}
                <Detail link={link} />
              </li>
            ))}
          </Offspring>
        ) : null}
      </div>
      {family.length > 1 ? (
        <div>
          <Button asChild size="small">
            <Link href={`/compare?runs=${family.join(',')}`}>Compare the family</Link>
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function Offspring({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      {title}
      <ul className="mt-0.5 list-disc pl-5">{children}</ul>
    </div>
  )
}

/** What else was said of a link, frozen layers say; a hash in short. */
function Detail({ link: { detail, hash } }: { link: RunLink }) {
  const said = [...flattenConfig(detail)].map(([key, value]) => `${key} ${configText(value)}`)
  if (said.length === 0 && hash === null) return null
  return (
    <span className="text-faint" title={hash === null ? undefined : `weights ${hash}`}>
      {' '}
      ({[...said, ...(hash === null ? [] : [`weights ${hash.slice(0, 8)}`])].join(', ')})
    </span>
  )
}

const keyOf = (link: RunLink) => `${link.run.id} ${link.role} ${link.step} ${link.hash}`
