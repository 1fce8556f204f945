/** The server of the HTTP benchmark: `http-server-process.js STORE`; prints its port, ends with its input. Limits of a token are lifted: what it can take is measured. */
import { openStore } from '../db/open.ts'
import { startServer } from '../server/http/start-server.ts'

const store = await openStore(process.argv[2], { mode: 'create' })
const server = await startServer({ store, port: 0, ingest: { bytesPerSecond: 1e12, requestsPerSecond: 1e9 } })
process.stdout.write(`${server.port}\n`)
process.stdin.resume().once('end', () => void server.close().then(() => process.exit(0)))
