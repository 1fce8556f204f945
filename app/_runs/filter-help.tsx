const EXAMPLES: [string, string][] = [
  ['resnet baseline', 'both words, in name, tags, group, notes or config'],
  ['config.lr < 1e-2', 'config key; units work: 10k, 90%, 1.5M'],
  ['val/accuracy > 0.9', 'last value of a metric'],
  ['best(val/loss) < 0.1', 'min, max or best over all its points'],
  ['train/loss = NaN', 'runs whose last value is not a number'],
  ['status:failed,crashed', 'one of several'],
  ['tag:baseline  group:"sweep a"', 'whole value; * stands for anything'],
  ['duration > 1h  age < 2d', 's, m, h, d, w'],
  ['created >= 2026-03-01', 'date, or "2026-03-01 14:30"'],
  ['finding:overfitting  severity >= warning', 'what was found wrong'],
  ['config.model ~ net', 'a part of the text'],
  ['not tag:old or (a b)', 'and, or, not, parentheses; -word'],
]

/** The filter language on a card. */
export function FilterHelp() {
  return (
    <div className="w-[440px] max-w-full p-3" data-testid="filter-help">
      <dl className="grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
        {EXAMPLES.map(([example, meaning]) => (
          <div key={example} className="contents">
            <dt className="font-mono text-xs leading-5 whitespace-nowrap text-text">{example}</dt>
            <dd className="text-sm leading-5 text-muted max-sm:mb-1.5">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 border-t border-border pt-2 text-sm text-muted">
        A bare name is a metric, else a config key. Comparing a value a run does not have is false, so <code className="font-mono text-xs">!=</code>{' '}
        and <code className="font-mono text-xs">not</code> include runs without it.
      </p>
    </div>
  )
}
