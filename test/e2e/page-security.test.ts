import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { builtPages } from '../../cli/dashboard.ts'
import { openStore } from '../../db/open.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { send } from '../server/send.ts'
import { newRun, points, type TempStore, tempStore } from '../server/temp-store.ts'

let temp: TempStore
let runId: string
let server: RunningServer
/** Another site: another port of this machine, which a browser calls the same site but not the same origin. */
let stranger: Server
let strangerUrl: string
let html = ''
let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  temp = await tempStore()
  const writer = await newRun(temp.store, {
    name: '<img src=x onerror=alert(1)>',
    notes: '<script>alert(1)</script>',
    config: { evil: '<b onclick=alert(1)>' },
  })
  runId = writer.runId
  writer.flush({ points: points('train/loss', [3, 2, 1]), patch: { status: 'finished', endedAt: Date.now() } })
  writer.close()
  server = await startServer({ store: temp.store, port: 0, standaloneDir: builtPages() })
  stranger = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html))
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser.close()
  await server.close()
  stranger.closeAllConnections()
  stranger.close()
  await temp.remove()
})

beforeEach(async () => {
  page = await browser.newPage()
  complaints = []
  page.on('console', (message) => /content security policy/i.test(message.text()) && complaints.push(message.text()))
  page.on('dialog', (dialog) => {
    complaints.push(`a script ran: ${dialog.message()}`)
    void dialog.dismiss()
  })
})

afterEach(() => page.close())

const at = (path: string) => new URL(path, server.url).href

describe('the built pages', () => {
  it.each(['/', '/runs/RUN', '/compare?runs=RUN', '/no/such/page'])(
    '%s keeps to its own policy, loads nothing foreign and runs nothing logged',
    async (path) => {
      await page.goto(at(path.replace('RUN', runId)), { waitUntil: 'load' })
      await page.waitForFunction(() => document.body.textContent.length > 20)
      await page.waitForTimeout(500)
      expect(complaints).toEqual([])
      const foreign = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map((entry) => entry.name)
          .filter((name) => !name.startsWith(location.origin) && !/^(data|blob):/.test(name)),
      )
      expect(foreign).toEqual([])
    },
  )

  it('may change data', async () => {
    await page.goto(at('/'))
    const status = await page.evaluate(async (id) => {
      const body = JSON.stringify({ id, group: 'set by the page' })
      return (await fetch('/api/trpc/runs.update', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status
    }, runId)
    expect(status).toBe(200)
    expect((await temp.store.run(runId))?.group).toBe('set by the page')
  })

  it('hear of a commit through the stream, unbuffered', async () => {
    await page.goto(at('/'))
    const heard = page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const stream = new EventSource('/api/trpc/live.changes')
          stream.onmessage = (event) => (JSON.parse(event.data) as { runs: unknown[] }).runs.length > 0 && resolve(event.lastEventId)
          stream.addEventListener('connected', () => document.documentElement.setAttribute('data-connected', ''))
        }),
    )
    await page.waitForSelector('[data-connected]')
    const writer = await newRun(temp.store)
    const other = await openStore(temp.path, { mode: 'write' })
    await other.updateRun(writer.runId, { notes: 'from elsewhere' })
    expect(await heard).toMatch(/^\d+-[0-9a-f]+$/)
    await other.close()
    writer.close()
  })

  it('have a nonce on every script and style, another one each time', async () => {
    const nonces = new Set<string>()
    for (let visit = 0; visit < 3; visit++) {
      const { text, headers } = await send(server.port, '/')
      const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
      const tags = text.match(/<(script|style)\b[^>]*>/g) ?? []
      expect(tags.length).toBeGreaterThan(3)
      for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it('refuse injected handlers', async () => {
    await page.goto(at('/'))
    await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<img src="/nothing" onerror="window.ran = true">')
    })
    await expect.poll(() => complaints.length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(await page.evaluate(() => (window as { ran?: boolean }).ran)).toBeUndefined()
  })

  it.each([
    '/_next/static/..%2f..%2fserver.js',
    '/_next/static/%2e%2e/%2e%2e/server.js',
    '/_next/static/../../server.js',
    '/../../../../etc/passwd',
    '/_next/image?url=%2fetc%2fpasswd&w=64&q=75',
    '/.next/required-server-files.json',
    '/package.json',
  ])('%s gives away no file', async (path) => {
    const { status, text } = await send(server.port, path)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(text).not.toMatch(/root:|standalone|"dependencies"/)
  })
})

describe('a page of another site, open in the same browser', () => {
  it('cannot read', async () => {
    html = `<script>fetch(${JSON.stringify(at('/api/trpc/runs.overview?input={"metrics":[]}'))}).then((r) => r.text()).then((t) => { document.title = 'read ' + t }, () => { document.title = 'refused' })</script>`
    await page.goto(strangerUrl)
    await page.waitForFunction(() => document.title !== '')
    expect(await page.title()).toBe('refused')
  })

  it.each(['multipart/form-data', 'application/x-www-form-urlencoded', 'text/plain'])('cannot delete by a %s form', async (type) => {
    html = `<form method="post" enctype="${type}" action="${at('/api/trpc/runs.remove')}"><input name="ids" value="${runId}"></form><script>document.forms[0].submit()</script>`
    const answered = page.waitForResponse((response) => response.url().includes('runs.remove'))
    await page.goto(strangerUrl)
    expect((await answered).status()).toBe(403)
    expect(await temp.store.run(runId)).not.toBeNull()
  })

  it('cannot frame the dashboard', async () => {
    html = `<iframe src="${at('/')}"></iframe>`
    await page.goto(strangerUrl)
    await expect.poll(() => complaints.join(), { timeout: 20_000 }).toMatch(/frame/i)
  })

  it('may link to it', async () => {
    html = `<a href="${at('/')}">dashboard</a>`
    await page.goto(strangerUrl)
    await page.click('a')
    await page.waitForURL(at('/'))
    expect(complaints).toEqual([])
  })
})
