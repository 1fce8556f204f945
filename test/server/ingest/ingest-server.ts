import { gzipSync } from 'node:zlib'
import type { FlushBatch } from '../../../core/flush-batch.ts'
import { encodeBatch } from '../../../core/ingest/encode-batch.ts'
import { BATCH_TYPE } from '../../../core/ingest/protocol.ts'
import { type RunningServer, type ServerOptions, startServer } from '../../../server/http/start-server.ts'
import { type Reply, send } from '../send.ts'
import { type TempStore, tempStore } from '../temp-store.ts'

export interface IngestServer {
  temp: TempStore
  server: RunningServer
  /** A JSON request under `/api/v1`. */
  call(path: string, body: unknown, headers?: Record<string, string>, method?: string): Promise<Reply>
  /** A new run with its writer, by default in project `test`. */
  begin(fields?: Record<string, unknown>, headers?: Record<string, string>): Promise<{ id: string; writer: string }>
  /** The same batch in its binary form. */
  binary(
    run: { id: string; writer: string },
    sequence: number,
    batch: FlushBatch,
    options?: { gzip?: boolean; headers?: Record<string, string> },
  ): Promise<Reply>
  stop(): Promise<void>
}

let made = 0

/** A server of its own store; requests are real ones. */
export async function ingestServer(options: Partial<ServerOptions> = {}): Promise<IngestServer> {
  const temp = await tempStore()
  const server = await startServer({
    store: temp.store,
    port: 0,
    housekeeping: { crashCheckMs: 1e9, compactMs: 1e9 },
    diagnosis: { delayMs: 1e9 },
    ...options,
  })
  const call: IngestServer['call'] = (path, body, headers = {}, method = 'POST') =>
    send(server.port, `/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    temp,
    server,
    call,
    async begin(fields = {}, headers = {}) {
      const writer = (fields.writer as string | undefined) ?? `writer-${++made}`
      const reply = await call('/runs', { writer, project: 'test', ...fields }, headers)
      if (reply.status !== 201) throw new Error(reply.text)
      return { id: (reply.json() as { id: string }).id, writer }
    },
    binary({ id, writer }, sequence, batch, { gzip = false, headers = {} } = {}) {
      const bytes = encodeBatch({ writer, sequence, batch })
      return send(server.port, `/api/v1/runs/${id}/batches`, {
        method: 'POST',
        headers: { 'content-type': BATCH_TYPE, ...(gzip && { 'content-encoding': 'gzip' }), ...headers },
        body: gzip ? gzipSync(bytes) : Buffer.from(bytes),
      })
    },
    async stop() {
      await server.close()
      await temp.remove()
    },
  }
}

/** The error of a reply. */
export function errorOf(reply: Reply): { code: string; message: string; status: number; [fact: string]: unknown } {
  return (reply.json() as { error: { code: string; message: string; status: number } }).error
}
