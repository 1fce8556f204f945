import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import { LossboardError } from '../../core/errors.ts'

/** The dashboard's pages, rendered by Next.js. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** WebSocket of the development server's reload; nothing in production. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

interface NextApp {
  prepare(): Promise<void>
  getRequestHandler(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
  close(): Promise<void>
}
type CreateNext = (options: Record<string, unknown>) => NextApp

export interface PagesOptions {
  dev: boolean
  /** Development: folder that holds `app/` and `next.config.mjs`. Production: the standalone output (has `server.js` and `.next/`). */
  dir: string
  host: string
  port: number
}

/** Throws `missing_dependency` when there is nothing to serve, before any port is opened. */
export function checkPages(dir: string, dev: boolean): void {
  const needed = dev ? ['app'] : ['.next/BUILD_ID', '.next/required-server-files.json', '.next/static']
  const missing = needed.find((path) => !existsSync(join(dir, path)))
  if (missing === undefined) return
  throw new LossboardError(
    'missing_dependency',
    dev ? `no ${missing}/ folder in ${dir}: --dev needs a checkout of the project` : `the dashboard is not built: ${join(dir, missing)} is missing`,
  )
}

/** Starts Next.js in this process. Its WebSocket listener is fed by us, so that the Host check comes first there too. */
export async function startPages(options: PagesOptions): Promise<Pages> {
  const dir = resolve(options.dir)
  const env = process.env as Record<string, string | undefined>
  env.NEXT_TELEMETRY_DISABLED = '1'
  env.NEXT_MANUAL_SIG_HANDLE = '1'
  env.NODE_ENV = options.dev ? 'development' : 'production'
  if (!options.dev) env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(standaloneConfig(dir))
  // Next is resolved from the folder it serves: the installed package carries its own copy inside the standalone output.
  const require = createRequire(join(dir, 'package.json'))
  const next = require('next') as CreateNext
  if (!options.dev) await readSettings(require, dir)
  const upgrades = new EventEmitter()
  const app = next({ dev: options.dev, dir, hostname: options.host, port: options.port, httpServer: upgrades as Server, quiet: true })
  await app.prepare()
  return {
    handle: app.getRequestHandler(),
    upgrade: (request, socket, head) => {
      if (!upgrades.emit('upgrade', request, socket, head)) socket.destroy()
    },
    close: () => app.close(),
  }
}

/** Next prints a line when it reads its settings. Read before, silently, they are only looked up, and the command's output stays its own. */
async function readSettings(require: NodeJS.Require, dir: string): Promise<void> {
  const { default: loadConfig } = require('next/dist/server/config') as { default: (phase: string, dir: string, options: object) => Promise<unknown> }
  await loadConfig('phase-production-server', dir, { silent: true })
}

/** The settings `next build` froze; Next's own standalone `server.js` hands them over by the same variable. */
function standaloneConfig(dir: string): unknown {
  const files = JSON.parse(readFileSync(join(dir, '.next/required-server-files.json'), 'utf8')) as { config: object }
  return { ...files.config, distDir: './.next' }
}
