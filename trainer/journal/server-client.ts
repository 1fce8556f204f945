import { promisify } from 'node:util'
import { gzip as gzipCallback } from 'node:zlib'
import type { BatchAnswer, ErrorAnswer, OpenRunAnswer, OpenRunBody, ServerAnswer } from '../../core/ingest/protocol.ts'
import { API_PATH, BATCH_TYPE, CLOCK_HEADER, SENT_AT_HEADER } from '../../core/ingest/protocol.ts'
import type { RunStatus } from '../../core/run.ts'
import { VERSION } from '../../core/version.ts'
import { type Answer, Line } from './exchange.ts'

const gzip = promisify(gzipCallback)

/** Smaller bodies are not worth the time. On this machine itself the line is faster than the packing. */
const PACK_FROM = 4_096
const LOCAL = /^https?:\/\/(localhost|127\.|\[::1\])/i

/** What came of a request. `later`: nobody knows, or not now: the same request may be sent again. `refused`: sending it again is no use. */
export type Reply<Body> =
  | { kind: 'ok'; body: Body }
  | { kind: 'later'; why: string; afterMs: number }
  | { kind: 'refused'; status: number; code: string; message: string; expected?: number }

/** Takes the batches of journals: a server, or a store in a file. Never rejects. */
export interface Receiver {
  /** Address or path, as it is told. */
  readonly name: string
  open(run: OpenRunBody): Promise<Reply<OpenRunAnswer>>
  batch(runId: string, sequence: number, bytes: Uint8Array): Promise<Reply<BatchAnswer>>
  finish(runId: string, end: RunEnd): Promise<Reply<object>>
  close(): void
}

export interface RunEnd {
  writer: string
  status: RunStatus
  reason: string | null
  endedAt: number
}

/** The requests of one client session to one server. */
export class ServerClient implements Receiver {
  readonly #line: Line
  readonly #stop = new AbortController()

  constructor(
    readonly url: string,
    readonly token: string | null,
  ) {
    this.#line = new Line(url)
  }

  get name(): string {
    return this.url
  }

  hello(): Promise<Reply<ServerAnswer>> {
    return this.#send('GET', '', null, null, (body) => typeof body.protocol === 'number')
  }

  open(run: OpenRunBody): Promise<Reply<OpenRunAnswer>> {
    return this.#post('/runs', run, (body) => typeof body.id === 'string' && typeof body.lastSequence === 'number')
  }

  batch(runId: string, sequence: number, bytes: Uint8Array): Promise<Reply<BatchAnswer>> {
    return this.#send('POST', `/runs/${runId}/batches`, BATCH_TYPE, bytes, (body) => body.sequence === sequence)
  }

  heartbeat(runId: string, writer: string): Promise<Reply<object>> {
    return this.#post(`/runs/${runId}/heartbeat`, { writer }, () => true)
  }

  finish(runId: string, end: RunEnd): Promise<Reply<object>> {
    return this.#post(`/runs/${runId}/finish`, end, () => true)
  }

  /** Ends what is under way, as `later`. */
  close(): void {
    this.#stop.abort()
    this.#line.close()
  }

  #post<Body>(path: string, body: object, isAnswer: (body: Record<string, unknown>) => boolean): Promise<Reply<Body>> {
    return this.#send('POST', path, 'application/json', Buffer.from(JSON.stringify(body)), isAnswer)
  }

  async #send<Body>(
    method: 'GET' | 'POST',
    path: string,
    type: string | null,
    body: Uint8Array | null,
    isAnswer: (body: Record<string, unknown>) => boolean,
  ): Promise<Reply<Body>> {
    try {
      const packed = body && body.byteLength >= PACK_FROM && !LOCAL.test(this.url) ? await gzip(body, { level: 1 }) : null
      const headers = {
        Accept: 'application/json',
        'User-Agent': `lossboard/${VERSION}`,
        // When it is sent, not when it was made: between the two may lie days.
        [SENT_AT_HEADER]: String(Date.now()),
        [CLOCK_HEADER]: 'adjust',
        ...(type && { 'Content-Type': type }),
        ...(packed && { 'Content-Encoding': 'gzip' }),
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
      }
      const answer = await this.#line.exchange(`${API_PATH}${path}`, {
        method,
        headers,
        signal: this.#stop.signal,
        ...(body && { body: packed ?? body }),
      })
      return readReply(answer, isAnswer)
    } catch (error) {
      return { kind: 'later', why: lineTrouble(error), afterMs: 0 }
    }
  }
}

function readReply<Body>({ status, headers, text }: Answer, isAnswer: (body: Record<string, unknown>) => boolean): Reply<Body> {
  const body = parse(text)
  if (status >= 200 && status < 300) {
    if (body && isAnswer(body)) return { kind: 'ok', body: body as Body }
    // A cut answer, or somebody else's: whether the request arrived is unknown, so it is sent again.
    return { kind: 'later', why: `answered ${status} with something that is no answer of Lossboard`, afterMs: 1_000 }
  }
  const { code, message, expected } = (body as Partial<ErrorAnswer> | null)?.error ?? {}
  const said =
    typeof message === 'string' ? message : status >= 300 && status < 400 ? `it sends on to ${headers.location}: use that address` : 'no reason given'
  if (status === 408 || status === 429 || status >= 500)
    return { kind: 'later', why: `answered ${status}: ${said}`, afterMs: retryAfter(headers['retry-after']) }
  const other = body ? said : `${said} (is that a Lossboard server?)`
  return { kind: 'refused', status, code: typeof code === 'string' ? code : '', message: other, ...(typeof expected === 'number' && { expected }) }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Seconds, or a date. */
function retryAfter(text: string | undefined): number {
  if (text === undefined) return 0
  const seconds = Number(text)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 600_000) : 0
}

const TROUBLE: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'there is no host of that name (ENOTFOUND)',
  EAI_AGAIN: 'the name of the host cannot be looked up now (EAI_AGAIN)',
  ECONNRESET: 'the line broke (ECONNRESET)',
  EPIPE: 'the line broke (EPIPE)',
  ETIMEDOUT: 'no answer (ETIMEDOUT)',
  EHOSTUNREACH: 'the host cannot be reached (EHOSTUNREACH)',
  ENETUNREACH: 'the network cannot be reached (ENETUNREACH)',
}

function lineTrouble(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }
  // Tried by IPv6 and IPv4: the reasons stand in the list.
  const known = TROUBLE[code ?? errors?.[0]?.code ?? '']
  return known ?? (message || code || String(error)).split('\n', 1)[0]!
}
