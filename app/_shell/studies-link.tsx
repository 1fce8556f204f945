'use client'

import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Button } from '../_ui/button.tsx'

/** The way to the ablation studies. */
export function StudiesLink() {
  const here = usePathname().startsWith('/ablations')
  return (
    <Button asChild look="quiet" className={here ? 'text-accent' : undefined}>
      <Link href="/ablations" prefetch={false} aria-current={here ? 'page' : undefined} title="Ablation studies (g a)" data-testid="studies-link">
        <FlaskConical size={14} />
        <span className="max-sm:sr-only">Studies</span>
      </Link>
    </Button>
  )
}
