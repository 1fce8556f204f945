import { LossboardError } from '../errors.ts'
import { nearMatches } from '../near-matches.ts'
import type { FormatOptions } from './formats/table-format.ts'
import { VENUES, type VenueId } from './formats/venues.ts'

/** Checks choices typed by a person; unknown venues name the nearest. */
export function formatOptions({
  venue = 'plain',
  siunitx = false,
  unicode = false,
}: {
  venue?: string
  siunitx?: boolean
  unicode?: boolean
}): FormatOptions {
  if (isVenue(venue)) return { venue, siunitx, unicode }
  const [nearest] = nearMatches(venue, Object.keys(VENUES), 1)
  throw new LossboardError(
    'invalid_argument',
    `no preset for the venue "${venue.slice(0, 40)}": ${nearest ? `did you mean ${nearest}? ` : ''}choose ${Object.keys(VENUES).join(', ')}`,
  )
}

function isVenue(id: string): id is VenueId {
  return Object.hasOwn(VENUES, id)
}
