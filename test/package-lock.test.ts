import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './architecture/source-files.ts'

interface LockedPackage {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/**
 * `npm ci` refuses a lock file that leaves out a package, and npm writes such a file when a registry has a package but not yet all of its
 * builds for other platforms: unnoticed here, broken in every fresh clone.
 */
it('package-lock.json has an entry for everything that anything in it depends on', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockedPackage> }
  const isLocked = (from: string, name: string) => {
    for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
      if (`${folder}${folder && '/'}node_modules/${name}` in packages) return true
      if (folder === '') return false
    }
  }
  const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => (isLocked(path, name) ? [] : `${name}, needed by ${path}`)),
  )
  expect(missing).toEqual([])
})
