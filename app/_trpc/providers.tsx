'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ToastProvider } from '../_ui/toast.tsx'
import { createClient } from './client.ts'
import { LiveProvider } from './live.tsx'
import { makeQueryClient } from './query-client.ts'
import { TRPCProvider } from './trpc.ts'

/** One query client, one tRPC client and one live stream per tab. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [client] = useState(createClient)
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <ToastProvider>
          <LiveProvider>{children}</LiveProvider>
        </ToastProvider>
      </TRPCProvider>
    </QueryClientProvider>
  )
}
