import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore } from '../db/open.ts'
import { startServer } from './http/start-server.ts'

/** `npx tsx server/dev.ts STORE.db [--port N]`: the dashboard from source, with reloading, for people who work on it. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, host: { type: 'string' }, token: { type: 'string' }, standalone: { type: 'string' } },
})
const [location] = positionals
if (!location) {
  process.stderr.write('usage: npx tsx server/dev.ts STORE.db [--port N] [--host ADDRESS --token TOKEN] [--standalone FOLDER]\n')
  process.exit(2)
}
const { standalone } = values
const server = await startServer({
  store: await openStore(location, { mode: 'write' }),
  host: values.host,
  port: values.port === undefined ? undefined : Number(values.port),
  token: values.token,
  dev: standalone === undefined,
  appDir: join(import.meta.dirname, '..'),
  standaloneDir: standalone,
  onListening: (url) => process.stdout.write(`${url}\n`),
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)))
