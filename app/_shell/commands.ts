'use client'

import { useEffect, useRef, useSyncExternalStore } from 'react'

/** Something a person can do now: listed in the palette, and in the shortcut sheet when it has keys. */
export interface Command {
  id: string
  label: string
  /** Heading it stands under: `Go to`, `Runs`, `View`. */
  group: string
  /** `x`, `Enter`, `Shift+x`, a sequence `g r`, or `mod+k` (⌘ on a Mac, else Ctrl). Several: one per array entry. */
  keys?: string | string[]
  run: () => void
  /** Left out of the palette (moving the cursor, say, makes no sense there). */
  keyboardOnly?: boolean
  /** Nothing to act on now: not in the palette, keys do nothing; the shortcut sheet lists it all the same. */
  disabled?: boolean
}

let commands: readonly Command[] = []
const sets = new Set<readonly Command[]>()
const listeners = new Set<() => void>()

function publish(): void {
  commands = [...sets].flat()
  for (const listener of listeners) listener()
}

/** Offers commands while the component is mounted. The newest `run` is always the one called. */
export function useCommands(offered: Command[]): void {
  const latest = useRef(offered)
  useEffect(() => {
    latest.current = offered
  })
  const shape = offered.map((command) => `${command.id}|${command.label}|${command.keys}|${command.disabled}`).join('\n')
  useEffect(() => {
    // `shape` is what makes a difference to the lists; the functions are looked up when called.
    const set = shape === '' ? [] : latest.current.map((command) => ({ ...command, run: () => find(latest.current, command.id)?.run() }))
    sets.add(set)
    publish()
    return () => {
      sets.delete(set)
      publish()
    }
  }, [shape])
}

function find(list: Command[], id: string): Command | undefined {
  return list.find((command) => command.id === id)
}

export function allCommands(): readonly Command[] {
  return commands
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    allCommands,
    allCommands,
  )
}
