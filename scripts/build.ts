import { buildLibrary } from './build-library.ts'
import { buildTypes } from './build-types.ts'
import { buildWeb } from './build-web.ts'

/** `npm run build`: everything under dist/. Pages are built again only when their sources changed. `--without-types`: only what runs. */
try {
  await timed('library and command line', () => buildLibrary())
  if (!process.argv.includes('--without-types')) await timed('types', buildTypes)
  await timed('pages', async () => {
    if (!(await buildWeb())) process.stdout.write('pages are as their sources: not built again\n')
  })
} catch (error) {
  // The tool that failed has said why.
  process.stderr.write(`build failed: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}

async function timed(what: string, build: () => Promise<void>): Promise<void> {
  const start = performance.now()
  await build()
  process.stdout.write(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`)
}
