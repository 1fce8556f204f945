import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { LossboardError } from '../core/errors.ts'
import type { Store } from '../db/store.ts'
import type { RunningServer } from '../server/http/start-server.ts'

export interface DashboardOptions {
  port?: number
  host?: string
  /** Commander gives false for --no-open. */
  open: boolean
  /** True: make one up. */
  token?: string | true
  allowHost?: string[]
  dev?: boolean
  /** Whether runs may be logged to it over HTTP; default true. */
  takesRuns?: boolean
}

/** The options of every verb that serves the dashboard. */
export function addDashboardOptions(command: Command): Command {
  return command
    .option('--port <number>', 'use exactly this port, 0 for any free one (default: the first free of 6006–6025)', portNumber)
    .option('--host <address>', 'address to listen on; beyond this machine a token is asked for (default: 127.0.0.1)')
    .option('--no-open', 'do not open a browser')
    .option('--token [secret]', 'ask every browser and program for this token, or one of "lossboard token"; without a value one is made up')
    .option('--allow-host <name>', 'also answer to this host name; may be repeated', (name: string, before: string[] = []) => [...before, name])
    .addOption(new Option('--dev', 'pages from source with reloading (in a checkout of the project)').hideHelp())
}

/** Starts the server and, when wanted and possible, a browser. `onListening` hears the address as soon as it answers. */
export async function startDashboard(store: Store, options: DashboardOptions, onListening: (url: string) => void): Promise<RunningServer> {
  const [{ startServer }, { newToken }, { isLoopback }] = await Promise.all([
    import('../server/http/start-server.ts'),
    import('../server/http/access-token.ts'),
    import('../server/http/request-guard.ts'),
  ])
  if (options.token === '') throw new LossboardError('invalid_option', '--token is empty: give a secret, or --token alone to have one made')
  const host = options.host ?? '127.0.0.1'
  const token = options.token ?? (isLoopback(host) ? undefined : true)
  return startServer({
    store,
    host,
    ...(options.port !== undefined && { port: options.port }),
    ...(token !== undefined && { token: token === true ? newToken() : token }),
    ...(options.allowHost && { allowedHosts: options.allowHost }),
    ...(options.dev ? { dev: true, appDir: checkout() } : { standaloneDir: builtPages() }),
    ...(options.takesRuns === false && { ingest: false }),
    onListening: (url) => {
      onListening(url)
      if (options.open) void openBrowser(url)
    },
  })
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false
    const stop = (signal: NodeJS.Signals) => {
      if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143)
      stopping = true
      resolve()
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
  })
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  return port
}

/** This file runs from source in a checkout, and bundled in dist/. */
const FROM_SOURCE = import.meta.url.endsWith('.ts')

function checkout(): string {
  if (!FROM_SOURCE) throw new LossboardError('invalid_option', '--dev needs a checkout of the project: there, use npm run dev')
  return fileURLToPath(new URL('..', import.meta.url))
}

/** Folder of the built pages; throws `missing_dependency` when they are not there. */
export function builtPages(): string {
  const folder = fileURLToPath(new URL(FROM_SOURCE ? '../dist/web' : './web', import.meta.url))
  if (!existsSync(join(folder, 'server.js')))
    throw new LossboardError(
      'missing_dependency',
      `the pages of the dashboard are missing at ${folder}: ${FROM_SOURCE ? 'npm run build makes them' : 'install lossboard again'}`,
    )
  return folder
}

/** Best effort: the address is printed in any case. */
async function openBrowser(url: string): Promise<void> {
  const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY && !process.env.WSL_DISTRO_NAME
  if (headless || process.env.CI) return
  try {
    const { default: open } = await import('open')
    const child = await open(url)
    child.on('error', () => {})
  } catch {
    // No browser, no harm.
  }
}
