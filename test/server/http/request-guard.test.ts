import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkBody, checkHost, checkSameOrigin, hostName } from '../../../server/http/request-guard.ts'

const local = { bind: '127.0.0.1', allowedHosts: [] }

describe('host', () => {
  it.each(['localhost:6006', 'LOCALHOST:6006', 'localhost.:6006', '127.0.0.1:6006', '127.0.0.2', '[::1]:6006', 'localhost'])(
    '%s is this machine',
    (host) => {
      expect(checkHost({ host }, local)).toBeNull()
    },
  )

  it.each([
    'evil.test:6006',
    'localhost.evil.test',
    '127.0.0.1.evil.test',
    '127.0.0.1.nip.io:6006',
    'evil.test@localhost:6006',
    'localhost:6006@evil.test',
    '192.168.1.5:6006',
    '[::ffff:192.168.1.5]',
    '0.0.0.0:6006',
    '[::1',
    'local host',
    '',
    'localhost:notaport',
    'localhost/evil',
  ])('%j is refused', (host) => {
    expect(checkHost({ host }, local)?.status).toBe(421)
  })

  it('a request without Host is refused', () => {
    expect(checkHost({}, local)?.status).toBe(421)
  })

  it('a name that was allowed is answered, in any case', () => {
    expect(checkHost({ host: 'Board.LAN:80' }, { bind: '127.0.0.1', allowedHosts: ['board.lan'] })).toBeNull()
    expect(checkHost({ host: 'x.board.lan' }, { bind: '127.0.0.1', allowedHosts: ['board.lan'] })?.status).toBe(421)
  })

  it('bound beyond loopback, addresses are answered and foreign names still refused', () => {
    const open = { bind: '0.0.0.0', allowedHosts: [] }
    expect(checkHost({ host: '192.168.1.5:6006' }, open)).toBeNull()
    expect(checkHost({ host: '[fe80::1]:6006' }, open)).toBeNull()
    expect(checkHost({ host: 'evil.test:6006' }, open)?.status).toBe(421)
  })

  it('no text makes it throw, and only known names pass', () => {
    fc.assert(
      fc.property(fc.string(), (host) => {
        const passed = checkHost({ host }, local) === null
        if (passed) expect(hostName(host)).toMatch(/^(localhost|::1|127(\.\d{1,3}){3})$/)
      }),
    )
  })
})

describe('same origin', () => {
  const host = 'localhost:6006'

  it.each([
    {},
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://localhost:6006' },
    { origin: 'https://localhost:6006' },
  ])('%j passes', (headers) => {
    expect(checkSameOrigin({ host, ...headers })).toBeNull()
  })

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    // Another port of this machine is "the same site" to a browser, and not us.
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': '' },
    { origin: 'null' },
    { origin: 'http://localhost:3000' },
    { origin: 'http://localhost:6006.evil.test' },
    { origin: 'http://evil.test' },
    { origin: '' },
    { origin: 'http://evil.test', 'sec-fetch-site': 'same-origin' },
  ])('%j is refused', (headers) => {
    expect(checkSameOrigin({ host, ...headers })?.status).toBe(403)
  })
})

describe('body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('%s may be posted', (type) => {
    expect(checkBody('POST', { 'content-type': type })).toBeNull()
  })

  it.each([
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
    'text/plain, application/json',
    '',
  ])('%j may not', (type) => {
    expect(checkBody('POST', { 'content-type': type })?.status).toBe(415)
  })

  it('nor may a body without a type', () => {
    expect(checkBody('POST', {})?.status).toBe(415)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT'])('%s is not used', (method) => {
    expect(checkBody(method, { 'content-type': 'application/json' })?.status).toBe(405)
  })
})
