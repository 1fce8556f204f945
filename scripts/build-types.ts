import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { DIST, ROOT } from './paths.ts'
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
    const zod = `${relative(dirname(file), types) || '.'}/zod/index.js`
    await writeFile(
      file,
      text
        .replaceAll(/((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2')
        .replaceAll(/((?:from|import)\s*\(?\s*['"])zod(['"])/g, `$1${zod}$2`),
    )
  }
  await copyZodTypes(join(types, 'zod'))
  await cp(types, commonJs, { recursive: true })
  await writeFile(join(commonJs, 'package.json'), '{ "type": "commonjs" }\n')
}

/** The types of a config are made with zod, whose code is bundled: its declarations come along, so that nobody has to install it for them. */
async function copyZodTypes(to: string): Promise<void> {
  const zod = join(ROOT, 'node_modules/zod')
  const names = (await readdir(zod, { recursive: true })).filter((name) => /^(index|v4[\\/](classic|core|locales)[\\/].*)\.d\.ts$/.test(name))
  for (const name of names) await cp(join(zod, name), join(to, name))
  await cp(join(zod, 'LICENSE'), join(to, 'LICENSE'))
}
