import type { IncomingMessage, ServerResponse } from 'node:http'
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http'
import type { Context } from '../context.ts'
import { appRouter } from '../router.ts'
import { DATA_POLICY } from './security-headers.ts'

/** Largest request body: notes and lists of ids; data never comes in here. */
const BODY_MAX = 4 * 1024 * 1024

/** `/api/trpc/<procedure>[,…]`: queries by GET or POST (many charts do not fit into an address), mutations by POST, streams by GET. */
export async function trpcRoute(request: IncomingMessage, response: ServerResponse, context: Context, path: string): Promise<void> {
  response.setHeader('Content-Security-Policy', DATA_POLICY)
  response.setHeader('Cache-Control', 'no-store')
  // tRPC's promise waits for the answer to be finished, which never comes when the client leaves first.
  const left = new Promise<void>((resolve) => response.once('close', resolve))
  const answered = nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path,
    createContext: async () => context,
    allowMethodOverride: true,
    maxBodySize: BODY_MAX,
    maxBatchSize: 512,
  })
  await Promise.race([answered, left])
}
