'use client'

import { Keyboard, Search } from 'lucide-react'
import Link from 'next/link'
import { Suspense } from 'react'
import { Button } from '../_ui/button.tsx'
import { Kbd } from '../_ui/kbd.tsx'
import { FindingsLink } from './findings-link.tsx'
import { LiveIndicator } from './live-indicator.tsx'
import { modKeyName } from './mod-key.ts'
import { ProjectSwitcher } from './project-switcher.tsx'
import { StudiesLink } from './studies-link.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

export function TopBar({ onOpenPalette, onOpenShortcuts }: { onOpenPalette: () => void; onOpenShortcuts: () => void }) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-1 border-b border-border bg-surface px-3">
      <Link href="/" className="mr-1 flex items-center gap-2 rounded font-semibold" aria-label="Lossboard, all runs">
        <Mark />
        <span className="max-sm:sr-only">Lossboard</span>
      </Link>
      <span aria-hidden className="text-border-strong">
        /
      </span>
      <Suspense>
        <ProjectSwitcher />
      </Suspense>
      <Suspense>
        <FindingsLink />
      </Suspense>
      <StudiesLink />
      <div className="ml-auto flex items-center gap-1">
        <LiveIndicator />
        <Button
          look="quiet"
          onClick={onOpenPalette}
          aria-label="Search runs and commands"
          title="Search runs and commands"
          data-testid="open-palette"
        >
          <Search size={14} />
          <span className="max-sm:hidden">Search</span>
          <span className="max-sm:hidden" suppressHydrationWarning>
            <Kbd keys={`${modKeyName()} K`} />
          </span>
        </Button>
        <Button
          look="quiet"
          size="icon"
          className="max-sm:hidden"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={onOpenShortcuts}
        >
          <Keyboard size={15} />
        </Button>
        <ThemeToggle />
      </div>
    </header>
  )
}

/** A falling loss curve. */
function Mark() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden className="text-accent">
      <rect x="0.5" y="0.5" width="17" height="17" rx="3.5" fill="none" stroke="currentColor" />
      <path d="M3.5 4.5c1 5.5 3.2 8.4 11 9" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  )
}
