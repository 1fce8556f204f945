export interface KeyPress {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** The press in the notation of `Command.keys`; null for a press that can start no shortcut (a lone modifier, Alt combinations). */
export function keyName(press: KeyPress): string | null {
  if (press.altKey || ['Shift', 'Control', 'Meta', 'Alt', 'Dead', 'Process', 'Unidentified'].includes(press.key)) return null
  const mod = press.ctrlKey || press.metaKey ? 'mod+' : ''
  // A shifted sign (`?`) already names itself; letters and named keys need the word.
  const shift = press.shiftKey && (/^[a-z]$/i.test(press.key) || press.key.length > 1) ? 'Shift+' : ''
  const key = press.key === ' ' ? 'Space' : /^[A-Z]$/.test(press.key) ? press.key.toLowerCase() : press.key
  return `${mod}${shift}${key}`
}

/** Which of `keys` the presses so far complete, and whether they could still become one. */
export function matchSequence(pending: readonly string[], keys: readonly string[]): { match: string | null; partial: boolean } {
  const typed = pending.join(' ')
  return { match: keys.find((candidate) => candidate === typed) ?? null, partial: keys.some((candidate) => candidate.startsWith(`${typed} `)) }
}
