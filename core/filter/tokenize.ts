import { type FilterProblem, OPERATORS } from './syntax.ts'

export interface Token {
  kind: 'word' | 'operator' | 'open' | 'close' | 'comma'
  /** Quotes and escapes resolved. */
  text: string
  raw: string
  /** Begins with a quote: neither keyword nor number. */
  quoted: boolean
  from: number
  to: number
}

const SPACE = /\s/
const ENDS_WORD = /[\s()<>=!:~,"]/

/** Splits the text; `problem` is set when a quote is not closed (the tokens then hold what could be read). */
export function tokenize(text: string): { tokens: Token[]; problem: FilterProblem | null } {
  const tokens: Token[] = []
  let problem: FilterProblem | null = null
  let at = 0
  const push = (kind: Token['kind'], to: number, value = text.slice(at, to), quoted = false) => {
    tokens.push({ kind, text: value, raw: text.slice(at, to), quoted, from: at, to })
    at = to
  }
  while (at < text.length) {
    const character = text[at] ?? ''
    const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at))
    if (SPACE.test(character)) at++
    else if (character === '(') push('open', at + 1)
    else if (character === ')') push('close', at + 1)
    else if (character === ',') push('comma', at + 1)
    else if (operator) push('operator', at + operator.length, operator === '==' ? '=' : operator)
    else if (character === '!') push('operator', at + 1)
    else {
      const word = readWord(text, at)
      if (!word.closed) problem ??= { message: 'the quote is not closed: add "', from: at, to: text.length }
      push('word', word.to, word.text, character === '"')
    }
  }
  return { tokens, problem }
}

/** Bare and quoted pieces that touch make one word: `config."batch size"`. */
function readWord(text: string, from: number): { text: string; to: number; closed: boolean } {
  let value = ''
  let at = from
  let closed = true
  while (at < text.length) {
    const character = text[at] ?? ''
    if (character === '"') {
      const piece = readQuoted(text, at)
      value += piece.text
      at = piece.to
      closed = piece.closed
    } else if (ENDS_WORD.test(character)) break
    else {
      value += character
      at++
    }
  }
  return { text: value, to: at, closed }
}

function readQuoted(text: string, from: number): { text: string; to: number; closed: boolean } {
  let value = ''
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') return { text: value, to: at + 1, closed: true }
    if (character === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) value += text[++at]
    else value += character
  }
  return { text: value, to: text.length, closed: false }
}

/** The text as a filter writes it: bare when that reads back the same, else in quotes. */
export function quoteWord(text: string): string {
  const bare = text !== '' && !ENDS_WORD.test(text) && !text.startsWith('-') && !/^(and|or|not)$/i.test(text)
  return bare ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`
}
