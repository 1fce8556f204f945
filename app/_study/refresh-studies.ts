import type { InvalidateQueryFilters, QueryClient } from '@tanstack/react-query'

/**
 * Reads shown studies again and forgets those that are not shown: an answer for other settings, kept from before, would put what is
 * out of date on the page until the new one comes.
 */
export function refreshStudies(queryClient: QueryClient, filter: InvalidateQueryFilters): void {
  queryClient.removeQueries({ ...filter, type: 'inactive' })
  void queryClient.invalidateQueries(filter)
}
