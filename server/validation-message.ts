import type { ZodError } from 'zod'

const SHOWN = 5

/** zod's issues as one readable line: `requests[0].width: must be at most 8192; id: is missing`. */
export function validationMessage(error: ZodError): string {
  const lines = error.issues.slice(0, SHOWN).map((issue) => {
    const where = issue.path.reduce<string>(
      (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path === '' ? String(part) : `${path}.${String(part)}`),
      '',
    )
    const what = issue.message.replace(/^Invalid input: /, '')
    return where === '' ? what : `${where}: ${what}`
  })
  const more = error.issues.length - SHOWN
  return `invalid input: ${lines.join('; ')}${more > 0 ? ` (and ${more} more)` : ''}`
}
