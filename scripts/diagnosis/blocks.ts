import { RULE_BY_ID } from '../../core/diagnosis/registry.ts'
import type { Finding, Rule } from '../../core/diagnosis/rule.ts'
import type { RuleScore } from '../../test/diagnosis/quality/scores.ts'

/** What stands between `<!-- name -->` and `<!-- end of name -->`. */
export function block(text: string, name: string): string {
  const { from, to } = placeOf(text, name)
  return text.slice(from, to).trim()
}

/** The text with the block replaced. */
export function filled(text: string, name: string, content: string): string {
  const { from, to } = placeOf(text, name)
  return `${text.slice(0, from)}\n${content.trim()}\n${text.slice(to)}`
}

function placeOf(text: string, name: string): { from: number; to: number } {
  const begin = `<!-- ${name} -->`
  const [from, to] = [text.indexOf(begin), text.indexOf(`<!-- end of ${name} -->`)]
  if (from < 0 || to < from) throw new Error(`there is no ${begin} … <!-- end of ${name} -->`)
  return { from: from + begin.length, to }
}

/** Number, code, severities, causes and source of a rule, as its page says them. */
export function factsOf({ id, code, severities, consequenceOf, citation }: Rule): string {
  const causes = consequenceOf.flatMap((cause) => RULE_BY_ID[cause] ?? []).map(({ title, code: page }) => `[${title}](${page}.md)`)
  return [
    `\`${id}\` · \`${code}\` · ${severities.join(', ')}`,
    ...(causes.length > 0 ? ['', `May follow from: ${causes.join(', ')}.`] : []),
    '',
    `Source: ${citation}.`,
  ].join('\n')
}

/** The thresholds by the figure they are held against: one, or one for each severity; null where they depend on the run. */
type Thresholds = ReadonlyMap<string, readonly number[] | null>

/** More than one for each severity is none that can be written down. */
const MOST = 3

export function thresholdsOf(findings: readonly Finding[]): Thresholds {
  const found = new Map<string, Set<number>>()
  for (const { evidence } of findings)
    for (const { thresholds } of evidence)
      for (const [name, value] of Object.entries(thresholds)) found.set(name, (found.get(name) ?? new Set()).add(rounded(value)))
  const listed = [...found].map(([name, values]) => [name, values.size > MOST ? null : [...values].sort((a, b) => a - b)] as const)
  return new Map(listed.sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function thresholdTable(thresholds: Thresholds): string {
  if (thresholds.size === 0) return 'It is held against nothing but itself.'
  const rows = [...thresholds].map(([name, values]) => `| ${name} | ${values === null ? 'depends on the run' : values.join(', ')} |`)
  return ['| figure | threshold |', '|---|---:|', ...rows].join('\n')
}

/** The table of a page, read back. */
export function readThresholds(table: string): Thresholds {
  const rows = [...table.matchAll(/^\| (.+) \| (.+) \|$/gm)].slice(1)
  return new Map(rows.map(([, name = '', values = '']) => [name, values === 'depends on the run' ? null : values.split(', ').map(Number)]))
}

/** As a page writes it. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

export function measuredText(score: RuleScore, healthy: number): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`
  if (score.ill === 0) return 'Not measured.'
  const alarms = Math.round(score.falseAlarms * healthy)
  const remarks = Math.round(score.saidOfHealthy * healthy) - alarms
  return [
    `Measured on runs that no threshold was tuned on: found in ${score.found} of ${score.ill} that were made to have it (${percent(score.recall)}),`,
    `${Number.isFinite(score.steps) ? `half of them by step ${score.steps}` : 'none of them'}.`,
    ...(score.fired > 0
      ? [
          `Of all ${score.fired} runs, of whatever kind, that it ${score.onlyRemarks ? 'was said of' : 'warned about'}, it is true by measurement for ${percent(score.precision)}.`,
        ]
      : []),
    `Of ${healthy} healthy runs, ${alarms === 0 ? 'none got a warning' : `${alarms} got a warning`}${remarks > 0 ? ` and ${remarks} a remark` : ''}.`,
  ].join('\n')
}
