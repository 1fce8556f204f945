/**
 * A server of STORE in a process of its own: `crash-server.ts STORE [N]`. With N it kills itself, as kill -9 does, when the Nth batch is stored
 * and about to be answered. Prints its port.
 */
import { ServerResponse } from 'node:http'
import { openStore } from '../../../db/open.ts'
import { startServer } from '../../../server/http/start-server.ts'

const [path, killAt] = process.argv.slice(2) as [string, string?]

if (killAt !== undefined) {
  let left = Number(killAt)
  const end = ServerResponse.prototype.end
  ServerResponse.prototype.end = function (this: ServerResponse, ...rest: unknown[]) {
    if (this.req.url?.endsWith('/batches') && this.statusCode === 200 && --left === 0) process.kill(process.pid, 'SIGKILL')
    return (end as (...given: unknown[]) => ServerResponse).apply(this, rest)
  } as typeof end
}

const store = await openStore(path, { mode: 'create' })
const server = await startServer({ store, port: 0 })
process.stdout.write(`${server.port}\n`)
process.on('SIGTERM', () => void server.close().then(() => process.exit(0)))
