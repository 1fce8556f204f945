import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { marked } from 'marked'
import { sendApiError } from './respond.ts'
import { DATA_POLICY, newNonce } from './security-headers.ts'

/** The docs lie in the package: beside `dist/` when built, two folders up from source. */
const FOLDERS = ['../docs', '../../docs']

const STYLE = `
:root { color-scheme: light dark }
body { font: 15px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1e; background: #fff }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace } pre { overflow-x: auto; padding: .6rem .8rem; background: #f3f3f5 }
h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 1.8rem } img { max-width: 100% }
table { border-collapse: collapse } th, td { text-align: left; padding: .2rem .7rem; border: 1px solid #d8d8dd }
@media (prefers-color-scheme: dark) { body { color: #e8e9eb; background: #0f1012 } a { color: #96a8ff } pre { background: #1b1d20 } th, td { border-color: #3d4047 } }
`

/** `/api/docs/diagnosis/<code>`: the page about a diagnosis; `/api/docs/images/diagnosis/<name>.svg`: its pictures. Read from the package, never from a store. */
export function docsRoute(response: ServerResponse, path: string): void {
  const folder = docsFolder()
  const page = /^diagnosis\/([a-z0-9-]+)$/.exec(path)?.[1]
  const picture = /^images\/diagnosis\/[a-z0-9-]+\.svg$/.test(path)
  const file = folder && (page !== undefined ? join(folder, `diagnosis/${page}.md`) : picture ? join(folder, path) : null)
  if (!folder || !file || !existsSync(file)) return void sendApiError(response, 404, `there is no page at ${path.slice(0, 100)}`)
  if (picture) return void send(response, 'image/svg+xml', DATA_POLICY, readFileSync(file, 'utf8'))
  const nonce = newNonce()
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
  send(response, 'text/html; charset=utf-8', policy, htmlPage(readFileSync(file, 'utf8'), folder, nonce))
}

function docsFolder(): string | undefined {
  return FOLDERS.map((folder) => fileURLToPath(new URL(folder, import.meta.url))).find((folder) => existsSync(join(folder, 'diagnosis')))
}

function htmlPage(markdown: string, folder: string, nonce: string): string {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? 'Diagnosis'
  // Pictures are not part of every installation; links between pages have no ending here.
  const body = (marked.parse(markdown, { async: false }) as string)
    .replaceAll(/<picture>[\s\S]*?<\/picture>/g, (picture) => {
      const source = /src="\.\.\/(images\/diagnosis\/[a-z0-9-]+\.svg)"/.exec(picture)?.[1]
      return source && existsSync(join(folder, source)) ? picture.replaceAll('"../images/', '"/api/docs/images/') : ''
    })
    .replaceAll(/href="(?:\.\/)?([a-z0-9-]+)\.md(#[^"]*)?"/g, 'href="/api/docs/diagnosis/$1$2"')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)} · Lossboard</title><style nonce="${nonce}">${STYLE}</style></head><body>${body}</body></html>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function send(response: ServerResponse, type: string, policy: string, body: string): void {
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('Cache-Control', 'no-cache')
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
