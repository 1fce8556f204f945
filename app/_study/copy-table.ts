/** Both halves of a copied table: word processors take the first, text fields the second. */
export interface ClipboardParts {
  html: string
  plain: string
}

/**
 * Puts a table on the clipboard as HTML and as tab-separated text. Pages that are not served from this computer over https have no
 * clipboard to write to; there the older way copies a selected copy of the table.
 */
export async function copyTable({ html, plain }: ClipboardParts): Promise<void> {
  if (navigator.clipboard && typeof ClipboardItem !== 'undefined') {
    try {
      await navigator.clipboard.write([
        new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([plain], { type: 'text/plain' }) }),
      ])
      return
    } catch {
      // Refused: the older way may still be allowed.
    }
  }
  copyByEvent({ html, plain })
}

/** Plain text, with the same way out. */
export async function copyPlain(text: string): Promise<void> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text)
      return
    } catch {
      // As above.
    }
  }
  copyByEvent({ html: null, plain: text })
}

function copyByEvent({ html, plain }: { html: string | null; plain: string }): void {
  let put = false
  const fill = (event: ClipboardEvent) => {
    if (html !== null) event.clipboardData?.setData('text/html', html)
    event.clipboardData?.setData('text/plain', plain)
    event.preventDefault()
    put = event.clipboardData !== null
  }
  document.addEventListener('copy', fill)
  try {
    if (!document.execCommand('copy') || !put) throw new Error('The browser did not allow copying.')
  } finally {
    document.removeEventListener('copy', fill)
  }
}
