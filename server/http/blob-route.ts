import type { ServerResponse } from 'node:http'
import type { Store } from '../../db/store.ts'
import { sendApiError } from './respond.ts'
import { DATA_POLICY } from './security-headers.ts'

/** The only types ever sent: pictures and sounds, which the browser cannot run. Anything else is a download of bytes. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'audio/wav', 'audio/mpeg', 'audio/ogg', 'audio/flac'])

/** `GET /api/blob/<sha256>`: a blob by the hash of its bytes, hence immutable; the hash is looked up, never used as a path by us. */
export async function blobRoute(response: ServerResponse, store: Store, hash: string): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return sendApiError(response, 400, 'a blob is named by 64 hexadecimal digits')
  const blob = await store.blob(hash)
  if (blob === null) return sendApiError(response, 404, `no blob ${hash} in this store`)
  const shown = SHOWN.has(blob.type)
  response.setHeader('Content-Type', shown ? blob.type : 'application/octet-stream')
  response.setHeader('Content-Disposition', shown ? 'inline' : `attachment; filename="${hash.slice(0, 16)}.bin"`)
  response.setHeader('Content-Security-Policy', DATA_POLICY)
  response.setHeader('Cache-Control', 'private, max-age=31536000, immutable')
  response.setHeader('Content-Length', blob.bytes.byteLength)
  response.end(response.req.method === 'HEAD' ? undefined : blob.bytes)
}
