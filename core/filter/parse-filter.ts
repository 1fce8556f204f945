import type { Comparison, FieldName, Filter, FilterProblem, Operator, Value } from './syntax.ts'
import { type Token, tokenize } from './tokenize.ts'

export type ParsedFilter = { ok: true; filter: Filter | null } | { ok: false; problem: FilterProblem }

/** Nesting beyond this is a slip of the finger, and would exhaust the stack. */
const DEPTH_MAX = 100

/**
 * Reads a filter such as `config.lr < 1e-2 and val/accuracy > 0.9 and tag:baseline`. `and` may be left out; `or` binds weaker;
 * `not` and a leading `-` negate. Empty text is a filter of null: everything. Never throws.
 */
export function parseFilter(text: string): ParsedFilter {
  const { tokens, problem } = tokenize(text)
  if (problem) return { ok: false, problem }
  if (tokens.length === 0) return { ok: true, filter: null }
  try {
    const parser = new Parser(tokens, text.length)
    return { ok: true, filter: parser.whole() }
  } catch (error) {
    if (error instanceof Misread) return { ok: false, problem: error.problem }
    throw error
  }
}

class Misread extends Error {
  constructor(readonly problem: FilterProblem) {
    super(problem.message)
  }
}

class Parser {
  #at = 0
  #depth = 0
  constructor(
    readonly tokens: Token[],
    readonly length: number,
  ) {}

  whole(): Filter {
    const filter = this.#or()
    const rest = this.#peek()
    if (rest) this.#fail(rest.kind === 'close' ? 'this ")" has no "("' : `did not expect "${rest.raw}" here`, rest)
    return filter
  }

  #or(): Filter {
    const parts = [this.#and()]
    while (this.#keyword('or')) {
      this.#at++
      parts.push(this.#and())
    }
    return join('or', parts)
  }

  #and(): Filter {
    const parts = [this.#unary()]
    while (true) {
      if (this.#keyword('and')) this.#at++
      else if (!this.#startsTerm()) return join('and', parts)
      parts.push(this.#unary())
    }
  }

  #unary(): Filter {
    if (++this.#depth > DEPTH_MAX) this.#fail('too deeply nested', this.#peek())
    try {
      if (this.#keyword('not')) {
        this.#at++
        return { kind: 'not', part: this.#unary() }
      }
      return this.#primary()
    } finally {
      this.#depth--
    }
  }

  #primary(): Filter {
    const token = this.#peek()
    if (!token) return this.#fail('something is missing at the end', undefined)
    if (token.kind === 'open') {
      this.#at++
      const filter = this.#or()
      if (this.#peek()?.kind !== 'close') this.#fail('a ")" is missing', this.#peek())
      this.#at++
      return filter
    }
    if (token.kind === 'operator') return this.#fail(`"${token.raw}" needs a field before it, like config.lr < 0.01`, token)
    if (token.kind === 'close') return this.#fail(this.#depth > 1 ? 'something is missing before ")"' : 'this ")" has no "("', token)
    if (token.kind === 'comma') return this.#fail('a comma only separates values after ":", like status:failed,crashed', token)
    if (this.#keyword('and') || this.#keyword('or')) return this.#fail(`"${token.raw}" needs something on both sides`, token)
    return this.#term(token)
  }

  #term(first: Token): Filter {
    if (first.raw === '-' && this.tokens[this.#at + 1]?.kind === 'open') {
      this.#at++
      return { kind: 'not', part: this.#unary() }
    }
    if (!first.quoted && first.text.startsWith('-') && first.text.length > 1) {
      // The sign belongs to the term, not to its first word: take it off and read again.
      this.tokens[this.#at] = { ...first, text: first.text.slice(1), raw: first.raw.slice(1), from: first.from + 1, quoted: first.raw[1] === '"' }
      return { kind: 'not', part: this.#unary() }
    }
    const field = this.#fieldName(first)
    const operator = this.#peek()
    if (operator?.kind === 'operator') return this.#comparison(field, operator)
    if (field.figure) this.#fail(`${field.figure}(${field.raw}) needs a comparison, like ${field.figure}(${field.raw}) > 0.9`, first)
    return { kind: 'word', text: first.text }
  }

  #fieldName(first: Token): FieldName {
    this.#at++
    const figure = /^(last|min|max|best)$/i.test(first.text) && !first.quoted ? (first.text.toLowerCase() as FieldName['figure']) : null
    const open = this.#peek()
    const inner = this.tokens[this.#at + 1]
    if (!figure || open?.kind !== 'open' || open.from !== first.to || inner?.kind !== 'word')
      return { text: first.text, raw: first.raw, figure: null, from: first.from, to: first.to }
    this.#at += 2
    const close = this.#peek()
    if (close?.kind !== 'close') this.#fail(`a ")" is missing after ${first.raw}(${inner.raw}`, close)
    this.#at++
    return { text: inner.text, raw: inner.raw, figure, from: first.from, to: close?.to ?? inner.to }
  }

  #comparison(field: FieldName, operator: Token): Comparison {
    this.#at++
    if (operator.text === '!') this.#fail('"!" alone means nothing: write != or not', operator)
    const values: Value[] = [this.#value(field, operator)]
    while (operator.text === ':' && this.#peek()?.kind === 'comma') {
      this.#at++
      values.push(this.#value(field, operator))
    }
    return { kind: 'compare', field, operator: operator.text as Operator, values }
  }

  #value(field: FieldName, operator: Token): Value {
    const token = this.#peek()
    if (token?.kind !== 'word') return this.#fail(`"${field.raw} ${operator.raw}" needs a value after it`, token ?? operator)
    this.#at++
    return { text: token.text, quoted: token.quoted }
  }

  #startsTerm(): boolean {
    const token = this.#peek()
    return token !== undefined && token.kind !== 'close' && !this.#keyword('or')
  }

  #keyword(word: string): boolean {
    const token = this.#peek()
    return token?.kind === 'word' && !token.quoted && token.text.toLowerCase() === word
  }

  #peek(): Token | undefined {
    return this.tokens[this.#at]
  }

  #fail(message: string, token: Token | undefined): never {
    throw new Misread({ message, from: token?.from ?? this.length, to: token?.to ?? this.length })
  }
}

function join(kind: 'and' | 'or', parts: Filter[]): Filter {
  return parts.length === 1 && parts[0] ? parts[0] : { kind, parts }
}
