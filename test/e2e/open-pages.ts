import { type Browser, chromium, type Page } from 'playwright-core'
import { builtPages } from '../../cli/dashboard.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { type TempStore, tempStore } from '../server/temp-store.ts'

/** The built dashboard on a store of its own, with a real browser. */
export interface OpenPages {
  temp: TempStore
  server: RunningServer
  browser: Browser
  /** A fresh page on `path`; what its scripts complain about is collected in `complaints`. */
  open(path: string, size?: { width: number; height: number }): Promise<Page>
  complaints: string[]
  close(): Promise<void>
}

export async function openPages(): Promise<OpenPages> {
  const temp = await tempStore()
  const server = await startServer({ store: temp.store, port: 0, standaloneDir: builtPages() })
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  const complaints: string[] = []
  return {
    temp,
    server,
    browser,
    complaints,
    async open(path, size = { width: 1280, height: 900 }) {
      const page = await browser.newPage({ viewport: size })
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('dialog', (dialog) => {
        complaints.push(`a script ran: ${dialog.message()}`)
        void dialog.dismiss()
      })
      await page.goto(new URL(path, server.url).href, { waitUntil: 'domcontentloaded' })
      return page
    },
    async close() {
      await browser.close()
      await server.close()
      await temp.remove()
    },
  }
}
