import './globals.css'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { AppShell } from './_shell/app-shell.tsx'
import { THEME_SCRIPT } from './_shell/theme-script.ts'
import { Providers } from './_trpc/providers.tsx'

export const metadata: Metadata = {
  title: { default: 'Lossboard', template: '%s · Lossboard' },
  description: 'Experiment tracker and training-diagnosis dashboard',
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1012' },
  ],
}

/** Reading the headers makes every page dynamic: each response carries its own nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const policy = (await headers()).get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  return (
    <html lang="en" data-theme="light" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, run before paint so that the theme never flashes */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
      </head>
      <body>
        <NuqsAdapter>
          <Providers>
            <AppShell>{children}</AppShell>
          </Providers>
        </NuqsAdapter>
      </body>
    </html>
  )
}
