'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { classNames } from '../_ui/class-names.ts'
import { CopyButton } from '../_ui/copy-button.tsx'
import { type DiffFile, type DiffLineKind, parseUnifiedDiff } from './unified-diff.ts'

const LOOK: Record<DiffLineKind, string> = {
  file: 'text-faint',
  hunk: 'bg-accent-soft text-accent',
  added: 'bg-[color-mix(in_srgb,var(--success)_12%,transparent)]',
  removed: 'bg-[color-mix(in_srgb,var(--danger)_10%,transparent)]',
  context: '',
  note: 'text-faint italic',
}

/** Lines drawn at once per file; a diff can be a megabyte. */
const PAGE = 500

/** A git diff by file, with line numbers; added and removed lines are marked by sign as well as colour. */
export function DiffViewer({ diff, truncated }: { diff: string; truncated: boolean }) {
  const files = useMemo(() => parseUnifiedDiff(diff), [diff])
  const added = files.reduce((sum, file) => sum + file.added, 0)
  const removed = files.reduce((sum, file) => sum + file.removed, 0)
  return (
    <div className="flex flex-col gap-2" data-testid="git-diff">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span>
          Uncommitted changes in {formatCount(files.length)} {files.length === 1 ? 'file' : 'files'}
        </span>
        <span className="num text-success">+{formatCount(added)}</span>
        <span className="num text-danger">−{formatCount(removed)}</span>
        <span className="ml-auto">
          <CopyButton label="Copy diff" text={() => diff} />
        </span>
      </div>
      {truncated ? <p className="text-sm text-warning">The diff was too large to be kept whole: its end is missing.</p> : null}
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list of one diff never changes, and paths may repeat
        <FileDiff key={index} file={file} startOpen={index < 10 && file.lines.length <= PAGE} />
      ))}
    </div>
  )
}

function FileDiff({ file, startOpen }: { file: DiffFile; startOpen: boolean }) {
  const [open, setOpen] = useState(startOpen)
  const [shown, setShown] = useState(PAGE)
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <div className="overflow-hidden rounded border border-border">
      <button
        type="button"
        aria-expanded={open}
        className="flex min-h-7 w-full items-center gap-1.5 bg-surface px-2 text-left text-sm hover:bg-surface-hover"
        onClick={() => setOpen(!open)}
      >
        <Chevron size={13} className="shrink-0 text-faint" />
        <span className="min-w-0 truncate font-mono" title={file.path}>
          {file.path || 'text'}
        </span>
        <span className="num ml-auto text-success">+{file.added}</span>
        <span className="num text-danger">−{file.removed}</span>
      </button>
      {open ? (
        <div className="overflow-x-auto border-t border-border font-mono text-sm">
          <div className="w-max min-w-full">
            {file.lines.slice(0, shown).map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever shown in this order
              <div key={index} className={classNames('flex', LOOK[line.kind])}>
                <span className="num w-10 shrink-0 pr-2 text-right text-faint select-none max-sm:hidden">{line.oldLine}</span>
                <span className="num w-10 shrink-0 pr-3 text-right text-faint select-none">{line.newLine}</span>
                <span className="pr-4 whitespace-pre">{line.text}</span>
              </div>
            ))}
          </div>
          {file.lines.length > shown ? (
            <button type="button" className="px-3 py-1 text-accent hover:underline" onClick={() => setShown(shown + 10 * PAGE)}>
              {formatCount(file.lines.length - shown)} more lines
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
