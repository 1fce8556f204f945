'use client'

import { useEffect } from 'react'
import { allCommands, type Command } from './commands.ts'
import { keyName, matchSequence } from './key-match.ts'

const SEQUENCE_MS = 900
/** Works everywhere, also while typing. */
const PALETTE = 'mod+k'

/** The page's one key listener: finds the command for what was typed and runs it. */
export function useShortcuts(): void {
  useEffect(() => {
    let pending: string[] = []
    let typedAt = 0
    function onKeyDown(event: KeyboardEvent): void {
      const name = event.defaultPrevented || event.isComposing ? null : keyName(event)
      if (name === null || (name !== PALETTE && isBusy(event.target)) || activates(name, event.target)) return
      if (event.timeStamp - typedAt > SEQUENCE_MS) pending = []
      typedAt = event.timeStamp
      const commands = allCommands()
      const lists = commands.map(keysOf)
      let found = matchSequence([...pending, name], lists.flat())
      pending = found.partial ? [...pending, name] : []
      // A key that ends no sequence may still stand for itself.
      if (!found.match && !found.partial) found = matchSequence([name], lists.flat())
      if (!found.match) return
      // The newest set wins: a page may take over a key of the frame.
      const command = commands.findLast((_, index) => lists[index]?.includes(found.match ?? ''))
      if (!command || command.disabled) return
      event.preventDefault()
      command.run()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function keysOf(command: Command): string[] {
  return command.keys === undefined ? [] : Array.isArray(command.keys) ? command.keys : [command.keys]
}

/** Enter and Space press the button or follow the link that has the focus. */
function activates(name: string, target: EventTarget | null): boolean {
  return (name === 'Enter' || name === 'Space') && target instanceof HTMLElement && target.closest('button, a, input, summary') !== null
}

/** True while keys belong to something else: a text field, an open dialog or a menu. */
function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role="menu"]')) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type)
  return target.closest('[role="dialog"], [role="listbox"]') !== null
}
