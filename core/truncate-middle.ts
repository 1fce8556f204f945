/** Cuts the middle of a long name to `max` characters, so that both its family and its number stay readable: `resnet50-aug…seed-17`. */
export function truncateMiddle(text: string, max: number): string {
  if (text.length <= max) return text
  const head = Math.ceil((max - 1) / 2)
  return `${text.slice(0, head)}…${text.slice(text.length - (max - 1 - head))}`
}
