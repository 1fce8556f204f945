import { createServer, type Server } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { listen } from '../../../server/http/listen.ts'

const open: Server[] = []
const server = () => {
  const made = createServer()
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => new Promise((resolve) => one.close(resolve))))
})

it('port 0 is any free port', async () => {
  expect(await listen(server(), '127.0.0.1', 0, [1, 1])).toBeGreaterThan(0)
})

it('a taken port is said, with what to do', async () => {
  const taken = await listen(server(), '127.0.0.1', 0, [1, 1])
  await expect(listen(server(), '127.0.0.1', taken, [1, 1])).rejects.toMatchObject({ code: 'port_taken', message: expect.stringContaining('--port') })
})

it('without a wish the next free port of the range is taken, and a full range is said', async () => {
  const first = await listen(server(), '127.0.0.1', 0, [1, 1])
  const second = await listen(server(), '127.0.0.1', undefined, [first, first + 20])
  expect(second).toBeGreaterThan(first)
  await expect(listen(server(), '127.0.0.1', undefined, [first, first])).rejects.toMatchObject({ code: 'port_taken' })
})

it.each(['203.0.113.7', 'no-such-host.invalid'])('%s is no address of this machine', async (host) => {
  await expect(listen(server(), host, 0, [1, 1])).rejects.toMatchObject({ code: 'invalid_option', message: expect.stringContaining(host) })
})
