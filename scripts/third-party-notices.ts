import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'
import { ROOT } from './paths.ts'

/** Bundled into the pages by Next, whose build tells no list of packages. */
const IN_PAGES = [
  '@tanstack/query-core',
  '@tanstack/react-query',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  '@trpc/client',
  '@trpc/tanstack-react-query',
  'cmdk',
  'echarts',
  'lucide-react',
  'next',
  'nuqs',
  'radix-ui',
  'react',
  'react-dom',
  'tailwindcss',
  'zrender',
]

/** Names and licences of every package whose code is inside dist/, as their licences ask. */
export async function writeNotices(metafiles: Metafile[], folder: string): Promise<void> {
  const bundled = metafiles.flatMap((metafile) => Object.keys(metafile.inputs)).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
  const packages = [...new Set([...IN_PAGES, ...bundled])].filter((name) => name !== undefined).sort()
  const notices = await Promise.all(packages.map(noticeOf))
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), `Lossboard contains code of these packages.\n\n${notices.join('\n\n')}\n`)
}

async function noticeOf(name: string): Promise<string> {
  const folder = join(ROOT, 'node_modules', name)
  if (!existsSync(folder)) throw new Error(`${name} is named in scripts/third-party-notices.ts but not installed`)
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string; license?: string }
  const entries = await readdir(folder, { withFileTypes: true })
  const files = entries.flatMap((entry) => (entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name) ? [entry.name] : [])).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return [`${'='.repeat(80)}\n${name} ${version} (${license ?? 'see below'})`, ...texts.map((text) => text.trim())].join('\n\n')
}
