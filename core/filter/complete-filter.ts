import { RUN_FIELDS, type RunField, runFieldNamed } from '../run-fields/field.ts'
import { quoteWord, type Token, tokenize } from './tokenize.ts'

export interface Suggestion {
  /** What replaces [from, to) of the text. */
  insert: string
  label: string
  /** What it is, in a few words. */
  detail: string
}

export interface Completion {
  from: number
  to: number
  suggestions: Suggestion[]
}

/** What there is to suggest. `values` lists the known values of a field (`status`, `tag`, `config.lr`), most common first. */
export interface CompletionSource {
  configKeys: readonly string[]
  metrics: readonly string[]
  values(field: string): readonly string[]
}

const SUGGESTIONS_MAX = 12
const KEYWORDS = [
  { word: 'and', detail: 'both hold' },
  { word: 'or', detail: 'one holds' },
  { word: 'not', detail: 'does not hold' },
]
/** Fields whose values are worth listing after `:` or `=`. */
const LISTED: readonly RunField[] = ['status', 'tag', 'group', 'project', 'job', 'host', 'finding', 'severity']

/** What could stand at the cursor: values after an operator, else fields, metrics, config keys and the words between terms. */
export function completeFilter(text: string, cursor: number, source: CompletionSource): Completion {
  const { tokens } = tokenize(text)
  const touched = tokens.findIndex((token) => token.kind === 'word' && token.from < cursor && cursor <= token.to)
  const current = tokens[touched]
  const before = touched >= 0 ? touched - 1 : tokens.findLastIndex((token) => token.to <= cursor)
  const typed = current ? text.slice(current.from, cursor).replace(/^-/, '').replaceAll('"', '') : ''
  const from = current ? current.from + (current.raw.startsWith('-') ? 1 : 0) : cursor
  const to = current?.to ?? cursor
  const field = valueField(tokens, before)
  const candidates = field === null ? nameSuggestions(source, startsTerm(tokens, before)) : valueSuggestions(source, field)
  return { from, to, suggestions: rank(candidates, typed).slice(0, SUGGESTIONS_MAX) }
}

/** The field whose value is being written; null when a name is. */
function valueField(tokens: Token[], before: number): string | null {
  let at = before
  while (tokens[at]?.kind === 'comma' && tokens[at - 1]?.kind === 'word') at -= 2
  if (tokens[at]?.kind !== 'operator') return null
  const name = tokens[at - 1]
  return name?.kind === 'word' ? name.text.replace(/^-/, '') : ''
}

function startsTerm(tokens: Token[], before: number): boolean {
  const token = tokens[before]
  return token === undefined || token.kind === 'open' || (token.kind === 'word' && /^(and|or|not)$/i.test(token.text))
}

function nameSuggestions(source: CompletionSource, atStart: boolean): Suggestion[] {
  const fields = Object.entries(RUN_FIELDS).map(([name, { type, help }]) => {
    const ordered = type === 'rank' || type === 'number' || type === 'duration' || type === 'time'
    return { insert: ordered ? `${name} ` : `${name}:`, label: name, detail: help }
  })
  const metrics = source.metrics.map((name) => ({ insert: `${quoteName(name)} `, label: name, detail: 'metric, last value' }))
  const config = source.configKeys.map((key) => ({ insert: `config.${quoteName(key)} `, label: `config.${key}`, detail: 'config' }))
  const keywords = KEYWORDS.filter(({ word }) => !atStart || word === 'not').map(({ word, detail }) => ({ insert: `${word} `, label: word, detail }))
  return atStart
    ? [...fields.slice(0, 5), ...metrics, ...config, ...fields.slice(5), ...keywords]
    : [...keywords, ...fields.slice(0, 5), ...metrics, ...config]
}

function valueSuggestions(source: CompletionSource, field: string): Suggestion[] {
  const run = runFieldNamed(field)
  if (run !== null && !LISTED.includes(run)) return []
  return source
    .values(run ?? field)
    .map((value) => ({ insert: `${quoteWord(value)} `, label: value, detail: run === null ? 'value' : RUN_FIELDS[run].label.toLowerCase() }))
}

/** A key already written with quotes by `flattenConfig` stays as it is. */
function quoteName(name: string): string {
  return name.includes('"') ? name : quoteWord(name)
}

/** Those that begin with what was typed, then those that contain it; a finished word suggests nothing. */
function rank(candidates: Suggestion[], typed: string): Suggestion[] {
  const word = typed.toLowerCase()
  if (word === '') return candidates
  const score = ({ label }: Suggestion) => {
    const text = label.toLowerCase()
    if (text.startsWith(word)) return 0
    if (text.replace(/^config\./, '').startsWith(word) || text.includes(`/${word}`)) return 1
    return text.includes(word) ? 2 : 3
  }
  return candidates
    .map((candidate) => ({ candidate, score: score(candidate) }))
    .filter((item) => item.score < 3)
    .sort((a, b) => a.score - b.score)
    .map((item) => item.candidate)
}
