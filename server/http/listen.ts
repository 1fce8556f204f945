import type { Server } from 'node:http'
import { LossboardError } from '../../core/errors.ts'

/** Ports tried when none is asked for. */
export const PORT_RANGE: readonly [number, number] = [6006, 6025]

/** Binds the server: to `port` exactly (0: any free one), else to the first free port of `range`. Returns the port. */
export async function listen(server: Server, host: string, port: number | undefined, range: readonly [number, number]): Promise<number> {
  const [first, last] = port === undefined ? range : [port, port]
  for (let candidate = first; candidate <= last; candidate++) {
    const problem = await tryListen(server, host, candidate)
    if (problem === null) return boundPort(server)
    if (problem.code === 'EADDRINUSE') continue
    throw new LossboardError('invalid_option', bindProblem(problem, host, candidate), { cause: problem })
  }
  throw new LossboardError(
    'port_taken',
    port === undefined
      ? `no free port from ${first} to ${last} on ${host}: stop another server or choose one with --port`
      : `port ${port} on ${host} is taken by another program: choose another with --port, or leave it out to get a free one`,
  )
}

function tryListen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(error)
    server.once('error', onError)
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', onError)
      resolve(null)
    })
  })
}

function boundPort(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

function bindProblem(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EACCES':
      return `port ${port} may not be used by this user: choose one above 1023`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `"${host}" is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all its addresses`
    default:
      return `cannot listen on ${host}:${port}: ${error.message}`
  }
}
