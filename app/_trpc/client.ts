import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client'
import type { AppRouter } from '../../server/router.ts'

const URL_PATH = '/api/trpc'

/**
 * Subscriptions travel by server-sent events, everything else in batches, except the columns of charts: in a batch the first card
 * would wait for the last, and a card that left the screen could not take its question back.
 * Queries are sent as POST: a chart page asks for hundreds of series at once, more than a URL can hold.
 */
export function createClient(): TRPCClient<AppRouter> {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: URL_PATH }),
        false: splitLink({
          condition: (operation) => operation.path === 'charts.query',
          true: httpLink({ url: URL_PATH, methodOverride: 'POST' }),
          false: httpBatchLink({ url: URL_PATH, methodOverride: 'POST' }),
        }),
      }),
    ],
  })
}
