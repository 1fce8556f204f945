'use client'

import { Stethoscope } from 'lucide-react'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { Button } from '../_ui/button.tsx'

/** The way to what is wrong, in the project at hand. */
export function FindingsLink() {
  const here = usePathname().startsWith('/findings')
  const project = useSearchParams().get('project')
  const address = project === null ? '/findings' : `/findings?${new URLSearchParams({ project })}`
  return (
    <Button asChild look="quiet" className={here ? 'text-accent' : undefined}>
      <Link
        href={address}
        prefetch={false}
        aria-current={here ? 'page' : undefined}
        title="What is wrong, across runs (g f)"
        data-testid="findings-link"
      >
        <Stethoscope size={14} />
        <span className="max-sm:sr-only">Findings</span>
      </Link>
    </Button>
  )
}
