import { QueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'

/** A reply of the server (a refusal, "no such run") is final; only a lost connection is worth another try. */
function isAnswer(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data != null
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The live feed says when something changed; re-reading on focus would only repeat it.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (failures, error) => !isAnswer(error) && failures < 3,
        retryDelay: (attempt) => Math.min(400 * 2 ** attempt, 4_000),
      },
      mutations: { retry: false },
    },
  })
}
