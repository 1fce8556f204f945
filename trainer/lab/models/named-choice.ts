import { z } from 'zod'
import { nearMatches } from '../../../core/near-matches.ts'

type Choice = z.ZodObject<{ kind: z.ZodLiteral<string> } & z.core.$ZodLooseShape>

/**
 * A choice written as its bare name (`activation: relu`) or, to set its options, as an object (`{ kind: leaky-relu, slope: 0.1 }`).
 * Parsed, it is always the object with every option filled in, so that both ways of writing compare equal.
 *
 * @param what the word for it in messages, e.g. `activation`
 */
export function namedChoice<Option extends Choice>(what: string, options: readonly Option[]) {
  type Kind = z.output<Option>['kind'] & string
  type Chosen = z.output<Option>
  const union = z.discriminatedUnion('kind', options as unknown as [Option, ...Option[]])
  const kinds = options.map((option) => option.shape.kind.value) as unknown as [Kind, ...Kind[]]
  const error = (issue: { input?: unknown }): string => explain(what, options, issue.input)
  return z
    .union([z.enum(kinds), union], { error })
    .transform((value): Chosen => (typeof value === 'string' ? union.parse({ kind: value }) : value) as Chosen)
}

function explain(what: string, options: readonly Choice[], input: unknown): string {
  const kinds = options.map((option) => option.shape.kind.value)
  const known = `it must be one of ${kinds.join(', ')}`
  const kind = typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as { kind?: unknown }).kind : input
  if (kind === undefined) return typeof input === 'object' ? `${what} has no "kind": ${known}` : `${what} is missing: ${known}`
  if (typeof kind !== 'string') return `${what} is ${JSON.stringify(input)}: ${known}, or an object with that "kind"`
  const option = options.find((candidate) => candidate.shape.kind.value === kind)
  if (!option) {
    const [nearest] = nearMatches(kind, kinds, 1)
    return `unknown ${what} "${kind}": ${nearest ? `did you mean "${nearest}"? ` : ''}${known}`
  }
  const issue = option.safeParse(input).error?.issues[0]
  if (!issue) return `${what}: ${known}`
  return `${what} ${kind}: ${[...issue.path, issue.message].join(': ')}`
}
