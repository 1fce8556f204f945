import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { LossboardError } from '../../core/errors.ts'
import { VERSION } from '../../core/version.ts'
import type { Store } from '../../db/store.ts'
import type { Context } from '../context.ts'
import { Diagnoser, type DiagnoserOptions } from '../diagnosis/diagnoser.ts'
import { Ingest } from '../ingest/ingest.ts'
import type { IngestLimits } from '../ingest/limits.ts'
import { type HousekeepingOptions, startHousekeeping } from '../live/housekeeping.ts'
import { LiveFeed, type LiveFeedOptions } from '../live/live-feed.ts'
import { logError } from '../log-error.ts'
import { listen, PORT_RANGE } from './listen.ts'
import { checkPages, type Pages, startPages } from './pages.ts'
import { checkHost, checkSameOrigin, isLoopback } from './request-guard.ts'
import { handleRequest, shownPath } from './request-handler.ts'

export interface ServerOptions {
  /** Closed together with the server. */
  store: Store
  /** Address to bind; default 127.0.0.1. Anything but loopback needs a `token`. */
  host?: string
  /** Exactly this port (0: any free one); default: the first free of `portRange`. */
  port?: number
  /** Default 6006–6025. */
  portRange?: readonly [number, number]
  /** Pages from source with reloading; needs `appDir`. Default false. */
  dev?: boolean
  /** Development: the checkout, with `app/` and `next.config.mjs`. */
  appDir?: string
  /** Production: the standalone build, with `.next/static` beside it. Without this and `appDir`: only the API. */
  standaloneDir?: string
  /** Further names in the Host header that are answered. */
  allowedHosts?: readonly string[]
  /** Asked of every request when set. */
  token?: string
  /** False: takes no runs over HTTP. Else its limits, where they differ from the usual ones. Default {}. */
  ingest?: false | Partial<IngestLimits>
  live?: LiveFeedOptions
  housekeeping?: HousekeepingOptions
  diagnosis?: DiagnoserOptions
  /** Called as soon as the port answers; pages may still be warming up and wait. */
  onListening?: (url: string) => void
}

export interface RunningServer {
  /** With the token in it when there is one. */
  url: string
  port: number
  /** Ends open streams, requests and the store; safe to call twice. */
  close(): Promise<void>
}

/** Time running requests get to end by themselves when the server closes. */
const GRACE_MS = 300

/** Serves the dashboard. Throws `port_taken`, `invalid_option` (unusable host, token missing) or `missing_dependency` (pages not built). */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, host = '127.0.0.1', dev = false, token = null } = options
  const pagesDir = dev ? options.appDir : options.standaloneDir
  if (!isLoopback(host) && !token) {
    throw new LossboardError('invalid_option', `binding to ${host} lets others on the network in: it needs a token`)
  }
  if (pagesDir !== undefined) checkPages(pagesDir, dev)

  const live = new LiveFeed(store, options.live)
  const diagnoser = new Diagnoser(store, live, options.diagnosis)
  const context: Context = { store, live, diagnoser, version: VERSION }
  const ingest =
    options.ingest === false
      ? null
      : new Ingest({ location: async () => (await store.info()).location, ...(options.ingest && { limits: options.ingest }) })
  let port = 0
  let pagesReady: (pages: Promise<Pages>) => void = () => {}
  const pages = pagesDir === undefined ? null : new Promise<Pages>((resolve) => (pagesReady = resolve))
  pages?.catch(() => {})
  const handlerOptions = { context, ingest, pages, dev, token, port: () => port, bind: host, allowedHosts: options.allowedHosts ?? [] }

  const answering = new Set<Promise<void>>()
  // A long list of charts in one GET does not fit into Node's default of 16 KiB.
  const server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 30_000 }, (request, response) => {
    response.on('error', () => response.destroy())
    const answer = handleRequest(request, response, handlerOptions)
      .catch((error: unknown) => {
        logError(`${request.method} ${shownPath(request)} failed`, error)
        response.destroy()
      })
      .finally(() => answering.delete(answer))
    answering.add(answer)
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (!dev || !pages || checkHost(request.headers, handlerOptions) || checkSameOrigin(request.headers)) return void socket.destroy()
    pages.then(
      (ready) => ready.upgrade(request, socket, head),
      () => socket.destroy(),
    )
  })

  port = await listen(server, host, options.port, options.portRange ?? PORT_RANGE)
  server.on('error', (error) => logError('the server failed', error))
  if (pagesDir !== undefined) pagesReady(startPages({ dev, dir: pagesDir, host, port }))
  const housekeeping = startHousekeeping(store, live, options.housekeeping)
  diagnoser.start()
  const url = serverUrl(host, port, token)
  options.onListening?.(url)

  let closing: Promise<void> | null = null
  async function close(): Promise<void> {
    live.close()
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeIdleConnections()
    const force = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    await closed
    clearTimeout(force)
    // The connections are gone; readings of the store that served them must end before it closes.
    await Promise.race([Promise.all(answering), sleep(GRACE_MS, undefined, { ref: false })])
    await diagnoser.stop()
    await housekeeping.stop()
    await ingest?.close()
    const rendered = await pages?.catch(() => null)
    await rendered?.close()
    await store.close()
  }
  return { url, port, close: () => (closing ??= close()) }
}

function serverUrl(host: string, port: number, token: string | null): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}/${token === null ? '' : `?token=${encodeURIComponent(token)}`}`
}
