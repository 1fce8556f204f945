'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { CommandPalette } from './command-palette.tsx'
import { useCommands } from './commands.ts'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { StoreNotices } from './store-notices.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { toggleTheme } from './use-theme.ts'

/** The frame of every page: bar, notices and a scrolling main area as high as what is left of the window. */
export function AppShell({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null)
  useShortcuts()
  useCommands([
    { id: 'palette', label: 'Command palette', group: 'General', keys: 'mod+k', run: () => setOverlay('palette'), keyboardOnly: true },
    { id: 'shortcuts', label: 'Keyboard shortcuts', group: 'General', keys: '?', run: () => setOverlay('shortcuts') },
    { id: 'theme', label: 'Switch between light and dark', group: 'General', run: toggleTheme },
    { id: 'go-runs', label: 'Runs', group: 'Go to', keys: 'g r', run: () => router.push('/') },
    { id: 'go-findings', label: 'Findings', group: 'Go to', keys: 'g f', run: () => router.push('/findings') },
    { id: 'go-ablations', label: 'Ablation studies', group: 'Go to', keys: 'g a', run: () => router.push('/ablations') },
  ])
  return (
    <div className="flex h-dvh flex-col">
      <TopBar onOpenPalette={() => setOverlay('palette')} onOpenShortcuts={() => setOverlay('shortcuts')} />
      <StoreNotices />
      <main className="min-h-0 flex-1 overflow-y-auto">{children}</main>
      <CommandPalette open={overlay === 'palette'} onClose={() => setOverlay(null)} />
      <ShortcutSheet open={overlay === 'shortcuts'} onClose={() => setOverlay(null)} />
    </div>
  )
}
