import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DIST } from './paths.ts'
import { runTool } from './run-command.ts'

/** Declarations of the public modules, once for `import` and once for `require` (the module kind is that of the nearest package.json). */
export async function buildTypes(): Promise<void> {
  const types = join(DIST, 'types')
  const commonJs = join(DIST, 'types-cjs')
  await Promise.all([types, commonJs].map((folder) => rm(folder, { recursive: true, force: true })))
  await runTool('tsc', ['-p', 'tsconfig.types.json'])
  for (const name of await readdir(types, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue
    const file = join(types, name)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replaceAll(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2'))
  }
  await cp(types, commonJs, { recursive: true })
  await writeFile(join(commonJs, 'package.json'), '{ "type": "commonjs" }\n')
}
