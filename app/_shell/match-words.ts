/** True when every word typed is part of some of the texts, upper and lower case alike. */
export function matchWords(typed: string, texts: string[]): boolean {
  const haystack = texts.join('\n').toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}
