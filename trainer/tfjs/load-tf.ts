import { createRequire } from 'node:module'
import util from 'node:util'
import { LossboardError } from '../../core/errors.ts'
import { installTrainingKernels } from './kernels/install-training-kernels.ts'
import type { Tf } from './tf.ts'
import { withoutWasmProcessHandlers } from './wasm-process-handlers.ts'

/** Where TensorFlow.js can run, fastest first. `cpu` is plain JavaScript: a reference, 20 to 300 times slower than wasm. */
export const TF_ENGINES = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const
export type TfEngine = (typeof TF_ENGINES)[number]

export interface LoadedTf {
  tf: Tf
  engine: TfEngine
  /** Name of the TensorFlow.js backend: `tensorflow`, `wasm` or `cpu`. */
  backend: string
  /** What computes. The GPU package falls back to the CPU without saying so; here it is said. */
  device: 'gpu' | 'cpu'
  /** One line for people, e.g. `TensorFlow.js 4.22.0, wasm with Lossboard's training kernels, on the CPU`. */
  description: string
  /** Why a faster engine is not used, when something is installed but does not work. Empty in health. */
  warnings: string[]
}

const VERSION = '4.22.0'
const INSTALL: Record<TfEngine, string> = {
  'tfjs-node-gpu': `npm install @tensorflow/tfjs-node-gpu@${VERSION}`,
  'tfjs-node': `npm install @tensorflow/tfjs-node@${VERSION}`,
  wasm: `npm install @tensorflow/tfjs@${VERSION} @tensorflow/tfjs-backend-wasm@${VERSION}`,
  cpu: `npm install @tensorflow/tfjs@${VERSION}`,
}

/**
 * Loads TensorFlow.js with the best engine that works here: tfjs-node-gpu, else tfjs-node, else wasm with our training kernels.
 *
 * `prefer` asks for one engine: it is tried alone and failing is an error. `cpu` is used only when asked for.
 * @throws LossboardError `missing_dependency` saying, engine by engine, why it cannot be used and what to install.
 */
export async function loadTf({ prefer }: { prefer?: TfEngine } = {}): Promise<LoadedTf> {
  if (prefer !== undefined && !TF_ENGINES.includes(prefer))
    throw new LossboardError('invalid_option', `prefer is "${String(prefer)}": it must be one of ${TF_ENGINES.join(', ')}`)
  const warnings: string[] = []
  const reasons: string[] = []
  for (const engine of prefer ? [prefer] : TF_ENGINES.filter((engine) => engine !== 'cpu')) {
    try {
      const loaded = engine === 'wasm' ? await loadWasm() : engine === 'cpu' ? await loadCpu() : await loadNode(engine)
      return { ...loaded, warnings: [...warnings, ...loaded.warnings] }
    } catch (error) {
      const failure = asFailure(engine, error)
      reasons.push(failure.message)
      if (failure.installed) warnings.push(failure.message)
    }
  }
  throw new LossboardError('missing_dependency', `TensorFlow.js cannot be used: ${reasons.join('; ')}. Install it with: ${INSTALL[prefer ?? 'wasm']}`)
}

async function loadNode(engine: 'tfjs-node-gpu' | 'tfjs-node'): Promise<LoadedTf> {
  // tfjs-node 4.22.0 calls a function that Node 23 removed: put it back before the package looks for it.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean }
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined
  const tf = await importPeer(`@tensorflow/${engine}`)
  await tf.ready()
  const onGpu = (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true
  const warnings =
    engine === 'tfjs-node-gpu' && !onGpu
      ? [
          'tfjs-node-gpu is installed but found no usable GPU and runs on the CPU: it needs an NVIDIA driver, CUDA 11.2 (libcudart.so.11.0) and cuDNN 8.1 (libcudnn.so.8)',
        ]
      : []
  return describe(tf, engine, onGpu ? 'gpu' : 'cpu', warnings)
}

async function loadWasm(): Promise<LoadedTf> {
  const tf = await importPeer('@tensorflow/tfjs')
  await withoutWasmProcessHandlers(async () => {
    await importPeer('@tensorflow/tfjs-backend-wasm')
    // setBackend does not throw when wasm cannot start: it answers false and leaves another backend in place.
    const started = await tf.setBackend('wasm')
    await tf.ready()
    if (!started || tf.getBackend() !== 'wasm') throw new Error('its wasm module could not be started')
  })
  installTrainingKernels(tf)
  return describe(tf, 'wasm', 'cpu', [])
}

async function loadCpu(): Promise<LoadedTf> {
  const tf = await importPeer('@tensorflow/tfjs')
  if (!(await tf.setBackend('cpu'))) throw new Error('the cpu backend could not be started')
  await tf.ready()
  return describe(tf, 'cpu', 'cpu', [])
}

function describe(tf: Tf, engine: TfEngine, device: 'gpu' | 'cpu', warnings: string[]): LoadedTf {
  const backend = tf.getBackend()
  const how = {
    'tfjs-node-gpu': 'native (tfjs-node-gpu)',
    'tfjs-node': 'native (tfjs-node)',
    wasm: "wasm with Lossboard's training kernels",
    cpu: 'plain JavaScript',
  }[engine]
  return { tf, engine, backend, device, warnings, description: `TensorFlow.js ${tf.version['tfjs-core']}, ${how}, on the ${device.toUpperCase()}` }
}

/** The name is a variable on purpose: bundlers and the type checker must not look for a package that need not be there. */
async function importPeer(name: string): Promise<Tf> {
  try {
    return unwrap(await import(name))
  } catch (error) {
    if (!isNotInstalled(error, name)) throw error
    // Not beside this library (npx, a linked package): look from where the user runs.
    const fromWorkingFolder = createRequire(`${process.cwd()}/`)
    return unwrap(await Promise.resolve(fromWorkingFolder(name)))
  }
}

function unwrap(module: unknown): Tf {
  const { default: inner } = module as { default?: Tf }
  return inner && typeof inner === 'object' && 'setBackend' in inner ? inner : (module as Tf)
}

function isNotInstalled(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') && (message ?? '').includes(name)
}

function asFailure(engine: TfEngine, error: unknown): { message: string; installed: boolean } {
  const reason = error instanceof Error ? error.message : String(error)
  const missing = ['@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node', '@tensorflow/tfjs'].find((name) =>
    isNotInstalled(error, `'${name}'`),
  )
  if (missing) return { message: `${engine}: ${missing} is not installed`, installed: false }
  if (/tfjs_binding\.node/.test(reason))
    return {
      message: `${engine} is installed but its native addon (tfjs_binding.node) is missing, usually because install scripts were skipped: run npm rebuild @tensorflow/${engine} --build-addon-from-source`,
      installed: true,
    }
  return { message: `${engine} is installed but does not start: ${reason.split('\n')[0]}`, installed: true }
}
