import { Fragment } from 'react'
import type { Inline } from '../../core/table/table-document.ts'

/** Words and single-letter variables of a table. */
export function InlineText({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
    <Fragment key={at}>{'text' in part ? part.text : <i>{part.math}</i>}</Fragment>
  ))
}
