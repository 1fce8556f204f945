import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Chromium of this machine (`CHROMIUM_PATH` names another one), without a screen: pages are drawn in software. */
export function startChromium(args: string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: install chromium or set CHROMIUM_PATH`)
  return chromium.launch({ executablePath, args: ['--no-sandbox', ...args] })
}
