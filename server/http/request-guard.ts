import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/** Why a request is refused before anything looks at it. */
export interface Refusal {
  status: 403 | 405 | 415 | 421
  message: string
}

export interface GuardOptions {
  /** Host the server is bound to. */
  bind: string
  /** Further host names people may use, as in `--allow-host board.lan`. */
  allowedHosts: readonly string[]
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '::1'])

export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.has(host) || /^127(\.\d{1,3}){3}$/.test(host)
}

/** `[::1]:6006` → `::1`, `Localhost:6006` → `localhost`; null when it is no host at all. */
export function hostName(header: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+))(?::\d{1,5})?$/i.exec(header)
  const name = match?.[1] ?? match?.[2]
  return name ? name.toLowerCase().replace(/\.$/, '') : null
}

/**
 * A page of another site whose name was re-bound to this address (DNS rebinding) still sends its own name here, so names decide.
 * An address cannot be re-bound: bound beyond loopback, any address is taken and the token does the rest.
 */
export function checkHost(headers: IncomingHttpHeaders, options: GuardOptions): Refusal | null {
  const name = headers.host === undefined ? null : hostName(headers.host)
  if (name !== null) {
    if (isLoopback(name) || name === options.bind.toLowerCase() || options.allowedHosts.some((allowed) => allowed.toLowerCase() === name)) return null
    if (!isLoopback(options.bind) && isIP(name) !== 0) return null
  }
  return {
    status: 421,
    message: `this server does not answer to the host name ${JSON.stringify((headers.host ?? '').slice(0, 100))}: open it by the address it printed, or start it with --allow-host`,
  }
}

/** Refuses what a page of another site (or of another port of this machine) made the browser send. Programs send neither header. */
export function checkSameOrigin(headers: IncomingHttpHeaders): Refusal | null {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return crossSite(`Sec-Fetch-Site: ${String(site).slice(0, 40)}`)
  const { origin, host } = headers
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return crossSite(`Origin: ${origin.slice(0, 100)}`)
  return null
}

function crossSite(what: string): Refusal {
  return { status: 403, message: `refused: the request came from another site (${what})` }
}

/**
 * Only JSON may carry a body: a form or a script of another site cannot send that type without asking first, and this server
 * never grants such a question. (tRPC alone would run a mutation from a multipart form.)
 */
export function checkBody(method: string, headers: IncomingHttpHeaders): Refusal | null {
  if (method === 'GET' || method === 'HEAD') return null
  if (method !== 'POST') return { status: 405, message: `method ${method} is not used here` }
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/json') return null
  return { status: 415, message: `refused: content-type must be application/json, not ${JSON.stringify((type ?? '').slice(0, 100))}` }
}
