/** `npm run bench [-- id …] [--json FILE]`: bundles the benchmarks as the package is bundled, since a TypeScript loader slows what it loads, and runs them. */
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { REQUIRE, shared } from './build-library.ts'
import { ROOT } from './paths.ts'
import { runCommand } from './run-command.ts'

const OUT = join(ROOT, '.bench')
await rm(OUT, { recursive: true, force: true })
await build({
  absWorkingDir: ROOT,
  entryPoints: [
    { in: 'bench/main.ts', out: 'main' },
    { in: 'bench/commit-process.ts', out: 'commit-process' },
    { in: 'bench/http-server-process.ts', out: 'http-server-process' },
  ],
  outdir: OUT,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
})
// Threads start while the clock runs: with what they need in one file, as in the package.
await build({
  ...shared,
  entryPoints: [
    { in: 'trainer/flush-worker.ts', out: 'flush-worker' },
    { in: 'server/importers/tfevents/import-worker.ts', out: 'import-worker' },
    { in: 'server/ingest/ingest-worker.ts', out: 'ingest-worker' },
  ],
  outdir: OUT,
  format: 'esm',
  banner: { js: REQUIRE },
})
await cp(join(ROOT, 'db/sqlite/migrations'), join(OUT, 'migrations'), { recursive: true })
try {
  await runCommand(process.execPath, [join(OUT, 'main.js'), ...process.argv.slice(2)])
} catch {
  // The benchmark has said why.
  process.exitCode = 1
}
