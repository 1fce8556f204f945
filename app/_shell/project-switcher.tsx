'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronsUpDown } from 'lucide-react'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { formatCount } from '../../core/format-number.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { Menu, MenuChoice, MenuSeparator } from '../_ui/menu.tsx'

/** Chooses whose runs the runs page lists. Elsewhere it is the way back to a project. */
export function ProjectSwitcher() {
  const trpc = useTRPC()
  const router = useRouter()
  const pathname = usePathname()
  const project = useSearchParams().get('project')
  const { data: projects } = useQuery(trpc.projects.list.queryOptions())
  const chosen = pathname === '/' ? project : null
  const open = (name: string | null) => router.push(name === null ? '/' : `/?${new URLSearchParams({ project: name })}`)
  const label = pathname === '/' ? (chosen ?? 'All projects') : 'Runs'
  return (
    <Menu
      trigger={
        <Button look="quiet" className="min-w-0 shrink" data-testid="project-switcher" aria-label={`Project: ${label}`}>
          <span className="max-w-48 truncate font-medium text-text">{label}</span>
          <ChevronsUpDown size={13} className="shrink-0 text-faint" />
        </Button>
      }
    >
      <MenuChoice checked={pathname === '/' && chosen === null} onSelect={() => open(null)}>
        All projects
      </MenuChoice>
      {projects?.length ? <MenuSeparator /> : null}
      {projects?.map((item) => (
        <MenuChoice key={item.name} checked={item.name === chosen} onSelect={() => open(item.name)}>
          <span className="flex items-baseline justify-between gap-4">
            <span className="truncate">{item.name}</span>
            <span className="num shrink-0 text-xs text-faint">
              {item.running > 0 ? <span className="text-success">{item.running} running · </span> : null}
              {formatCount(item.runs)} {item.runs === 1 ? 'run' : 'runs'}
            </span>
          </span>
        </MenuChoice>
      ))}
    </Menu>
  )
}
