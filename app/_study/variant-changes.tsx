import type { StudyVariant } from '../../core/ablation/study.ts'
import { settingText } from './setting-text.ts'

/** What a variant changes of the baseline, with what only follows from that. */
export function VariantChanges({ changes }: Pick<StudyVariant, 'changes'>) {
  if (changes.length === 0) return <span className="text-faint">nothing</span>
  return (
    <ul className="flex flex-col gap-0.5">
      {changes.map(({ path, from, to, folded }) => (
        <li key={path} className="break-words">
          <code className="font-mono text-xs">{path}</code>{' '}
          <span className="text-muted">
            {settingText(from)} → <span className="text-text">{settingText(to)}</span>
          </span>
          {folded.length > 0 ? (
            <span className="text-faint" title={folded.join('\n')}>
              {' '}
              (with {folded.length} {folded.length === 1 ? 'setting' : 'settings'} below it)
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
