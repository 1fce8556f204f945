import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** A line on which nothing moves for this long, in either direction, is taken for broken. A slow one that moves is not. */
const SILENCE_MS = 30_000
/** Our answers are short; a proxy's error page may be long. */
const ANSWER_MAX = 4 * 2 ** 20

export interface Exchange {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: Uint8Array
  signal?: AbortSignal
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** One connection to one server, kept open between requests. */
export class Line {
  readonly #secure: boolean
  readonly #agent: HttpAgent | HttpsAgent

  constructor(readonly url: string) {
    this.#secure = url.startsWith('https:')
    this.#agent = this.#secure ? new HttpsAgent({ keepAlive: true, maxSockets: 1 }) : new HttpAgent({ keepAlive: true, maxSockets: 1 })
  }

  /** Sends and waits for the whole answer; rejects when the line breaks before. */
  exchange(path: string, { method, headers, body, signal }: Exchange): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const start = this.#secure ? httpsRequest : httpRequest
      const request = start(`${this.url}${path}`, {
        method,
        agent: this.#agent,
        timeout: SILENCE_MS,
        signal,
        headers: { ...headers, ...(body && { 'Content-Length': body.byteLength }) },
      })
      request.on('timeout', () => request.destroy(new Error(`silent for ${SILENCE_MS / 1000} s`)))
      // A server may answer "too large" and close while we still send: the answer counts, not the broken pipe after it.
      let answered = false
      request.on('error', (error) => !answered && reject(error))
      request.on('response', (response) => {
        answered = true
        readAnswer(response).then(resolve, reject)
      })
      request.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response) {
    bytes += (part as Buffer).length
    if (bytes > ANSWER_MAX) {
      response.destroy()
      break
    }
    parts.push(part as Buffer)
  }
  return { status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString('utf8') }
}
