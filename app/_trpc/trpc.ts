import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { AppRouter } from '../../server/router.ts'

/** `useTRPC()` builds query options; `useTRPCClient()` calls procedures directly (needed where the answer must be unpacked). */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()
