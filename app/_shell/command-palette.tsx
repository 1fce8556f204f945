'use client'

import { useQuery } from '@tanstack/react-query'
import { Command as Palette } from 'cmdk'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useTRPC } from '../_trpc/trpc.ts'
import { Dialog } from '../_ui/dialog.tsx'
import { Kbd } from '../_ui/kbd.tsx'
import { RunStatusLabel } from '../_ui/status-dot.tsx'
import { useAllCommands } from './commands.ts'
import { matchWords } from './match-words.ts'
import { displayKeys } from './mod-key.ts'

/** More rows than this nobody reads, and drawing them would slow down typing. */
const RUNS_SHOWN = 30

/** Jumps to a run by name, number or tag, opens pages, runs commands. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Command palette" bare width="w-[560px]">
      <PaletteBody onClose={onClose} />
    </Dialog>
  )
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const trpc = useTRPC()
  const [text, setText] = useState('')
  const commands = useAllCommands()
  const { data: overview, isPending } = useQuery({ ...trpc.runs.overview.queryOptions({ metrics: [] }), staleTime: 10_000 })
  const runs = (overview?.runs ?? []).filter((run) => matchWords(text, [run.name, `#${run.number}`, run.project, ...run.tags]))
  const act = (run: () => void) => {
    onClose()
    run()
  }
  const doing = (
    <PaletteGroup heading="Do">
      {commands
        .filter((command) => !command.keyboardOnly && !command.disabled && matchWords(text, [command.label, command.group]))
        .map((command) => (
          <PaletteItem key={command.id} value={`command:${command.id}`} onSelect={() => act(command.run)}>
            <span className="text-faint">{command.group}</span>
            <span className="min-w-0 flex-1 truncate">{command.label}</span>
            {command.keys ? <Kbd keys={displayKeys([command.keys].flat()[0] ?? '')} /> : null}
          </PaletteItem>
        ))}
    </PaletteGroup>
  )
  return (
    <Palette shouldFilter={false} loop label="Command palette" data-testid="command-palette">
      <Palette.Input
        data-autofocus
        value={text}
        onValueChange={setText}
        placeholder="Go to a run, or do something…"
        className="h-11 w-full border-b border-border bg-transparent px-4 outline-none"
      />
      <Palette.List className="max-h-[50vh] overflow-y-auto p-1">
        <Palette.Empty className="px-3 py-6 text-center text-muted">{isPending ? 'Reading the runs…' : 'Nothing is called that.'}</Palette.Empty>
        {text === '' ? doing : null}
        <PaletteGroup heading={runs.length > RUNS_SHOWN ? `Runs (${RUNS_SHOWN} of ${runs.length})` : 'Runs'}>
          {runs.slice(0, RUNS_SHOWN).map((run) => (
            <PaletteItem key={run.id} value={`run:${run.id}`} onSelect={() => act(() => router.push(`/runs/${run.id}`))}>
              <span className="min-w-0 flex-1 truncate">{run.name}</span>
              <span className="max-w-32 truncate text-faint">{run.project}</span>
              <span className="w-20 text-xs">
                <RunStatusLabel status={run.status} />
              </span>
            </PaletteItem>
          ))}
        </PaletteGroup>
        {text === '' ? null : doing}
      </Palette.List>
    </Palette>
  )
}

function PaletteGroup({ heading, children }: { heading: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <Palette.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
    >
      {children}
    </Palette.Group>
  )
}

function PaletteItem({ value, onSelect, children }: { value: string; onSelect: () => void; children: ReactNode }) {
  return (
    <Palette.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8 items-center gap-3 rounded px-2 text-sm data-[selected=true]:bg-surface-hover"
    >
      {children}
    </Palette.Item>
  )
}
