/** How this machine writes `mod`: ⌘ on Apple systems, else Ctrl. */
export function modKeyName(): string {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl'
}

/** `mod+k` → `⌘ K` or `Ctrl K`; `Shift+x` → `Shift X`; `g r` stays a sequence. */
export function displayKeys(keys: string): string {
  return keys
    .split(' ')
    .map((key) =>
      key
        .split('+')
        .map((part) =>
          part === 'mod'
            ? modKeyName()
            : part.startsWith('Arrow')
              ? ARROWS[part]
              : part.length === 1 && key.includes('+')
                ? part.toUpperCase()
                : part,
        )
        .join(' '),
    )
    .join(' ')
}

const ARROWS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }
