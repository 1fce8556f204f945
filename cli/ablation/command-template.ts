import { flattenConfig } from '../../core/config-diff.ts'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'
import type { Json, JsonObject } from '../../core/run.ts'

/** A command line as its words; `{lr}` and `{model.norm}` in them stand for settings. */
export type CommandTemplate = readonly string[]

/**
 * Splits a command at spaces. Quotes, single or double, and a backslash keep spaces together as in a shell; nothing else is special,
 * because no shell ever sees it. An array is taken word by word.
 * @throws LossboardError `invalid_option` for an empty command or a quote that does not end
 */
export function parseCommand(command: unknown): CommandTemplate {
  if (Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string' || typeof word === 'number'))
    return command.map(String)
  if (typeof command !== 'string')
    throw new LossboardError('invalid_option', 'command must be a text such as python train.py --lr {lr}, or a list of words')
  const words: string[] = []
  let word: string | null = null
  let quote = ''
  for (let at = 0; at < command.length; at++) {
    const character = command[at] as string
    if (character === '\\' && quote !== "'" && at + 1 < command.length) word = (word ?? '') + command[++at]
    else if (quote !== '' && character === quote) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) {
      quote = character
      word ??= ''
    } else if (quote === '' && /\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  if (quote !== '') throw new LossboardError('invalid_option', `command has a ${quote} that does not end: ${command}`)
  if (word !== null) words.push(word)
  if (words.length === 0) throw new LossboardError('invalid_option', 'command is empty')
  return words
}

/** As a program reads it from its command line. */
function argument(value: Json): string {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * The words with the settings of a config in place. A value stays within its word, whatever is in it. `{{` and `}}` are braces.
 * @throws LossboardError `invalid_option` for a placeholder that is no setting, naming the nearest
 */
export function fillCommand(template: CommandTemplate, config: JsonObject, variant: string): string[] {
  const flat = flattenConfig(config)
  return template.map((word) =>
    word.replaceAll(/\{\{|\}\}|\{([^{}]*)\}/g, (whole, path: string | undefined) => {
      if (path === undefined) return whole[0] as string
      const value = flat.get(path.trim()) ?? reach(config, path.trim())
      if (value === undefined) throw unknown(path, variant, [...flat.keys()])
      return argument(value)
    }),
  )
}

/** A part of the tree as a whole. */
function reach(config: JsonObject, path: string): Json | undefined {
  let place: Json | undefined = config
  for (const key of path.split('.')) {
    if (place === null || typeof place !== 'object' || Array.isArray(place) || !Object.hasOwn(place, key)) return undefined
    place = place[key]
  }
  return place
}

function unknown(path: string, variant: string, settings: string[]): LossboardError {
  const near = nearMatches(path, settings)
  const hint = near.length > 0 ? `did you mean ${near.map((one) => `{${one}}`).join(' or ')}?` : `it has ${settings.slice(0, 8).join(', ')}`
  return new LossboardError('invalid_option', `command: {${path}} is no setting of "${variant}": ${hint}`)
}
