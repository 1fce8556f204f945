import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { withoutWasmProcessHandlers } from '../../../trainer/tfjs/wasm-process-handlers.ts'

const root = resolve(import.meta.dirname, '../../..')
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Runs a script in a process of its own, in a folder whose node_modules holds the given fake packages beside the real ones. */
function runScript(body: string, packages: Record<string, string> = {}): { output: string; status: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-load-'))
  folders.push(folder)
  for (const [name, source] of Object.entries(packages)) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true })
    writeFileSync(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '4.22.0', main: 'index.cjs' }))
    writeFileSync(join(folder, 'node_modules', name, 'index.cjs'), source)
  }
  writeFileSync(join(folder, 'script.mts'), `import { loadTf } from '${join(root, 'trainer/tfjs/load-tf.ts')}'\n${body}`)
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', join(root, 'node_modules/tsx/dist/esm/index.mjs'), 'script.mts'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  })
  return { output: stdout + stderr, status }
}

const REPORT =
  'const { engine, backend, device, warnings, description } = await loadTf(); console.log(JSON.stringify({ engine, backend, device, warnings, description }))'
const fakeNative = (onGpu: boolean) => `
  module.exports = { ready: async () => {}, setBackend: async () => true, getBackend: () => 'tensorflow', version: { 'tfjs-core': '4.22.0' },
    backend: () => ({ isUsingGpuDevice: ${onGpu} }), shimmed: typeof require('node:util').isNullOrUndefined }`

describe('loadTf', () => {
  it('takes wasm where nothing native is installed, and leaves no handler of uncaught errors behind', () => {
    const { output } = runScript(`${REPORT}; console.log(process.listenerCount('uncaughtException'), process.listenerCount('unhandledRejection'))`)
    const [report, handlers] = output.trim().split('\n')
    expect(JSON.parse(report!)).toEqual({
      engine: 'wasm',
      backend: 'wasm',
      device: 'cpu',
      warnings: [],
      description: "TensorFlow.js 4.22.0, wasm with Lossboard's training kernels, on the CPU",
    })
    expect(handlers).toBe('0 0')
  })

  it('lets an uncaught error after loading end the process as it would have', () => {
    const { output, status } = runScript(
      `await loadTf(); process.on('exit', (code) => console.log('exit path ran', code)); setTimeout(() => { throw new Error('mine') })`,
    )
    expect(output).toContain('exit path ran 1')
    expect(output).toContain('Error: mine')
    expect(status).toBe(1)
  })

  it('prefers the GPU package and says so', () => {
    const { output } = runScript(REPORT, { '@tensorflow/tfjs-node-gpu': fakeNative(true) })
    expect(JSON.parse(output)).toMatchObject({ engine: 'tfjs-node-gpu', backend: 'tensorflow', device: 'gpu', warnings: [] })
  })

  it('warns when the GPU package fell back to the CPU', () => {
    const { output } = runScript(REPORT, { '@tensorflow/tfjs-node-gpu': fakeNative(false) })
    expect(JSON.parse(output)).toMatchObject({ device: 'cpu', warnings: [expect.stringContaining('found no usable GPU')] })
  })

  it('goes on to the next engine when a package lacks its native addon, and says how to mend it', () => {
    const broken = `throw new Error('The Node.js native addon module (tfjs_binding.node) can not be found at path: /x')`
    const { output } = runScript(REPORT, { '@tensorflow/tfjs-node-gpu': broken, '@tensorflow/tfjs-node': fakeNative(false) })
    expect(JSON.parse(output)).toMatchObject({
      engine: 'tfjs-node',
      device: 'cpu',
      warnings: [expect.stringMatching(/tfjs-node-gpu is installed but its native addon .* missing.*npm rebuild @tensorflow\/tfjs-node-gpu/)],
    })
  })

  it('puts back the function of node:util that tfjs-node needs and Node 23 removed', () => {
    const { output } = runScript(
      `import util from 'node:util'; delete util.isNullOrUndefined; const { tf } = await loadTf({ prefer: 'tfjs-node' }); console.log(tf.shimmed)`,
      { '@tensorflow/tfjs-node': fakeNative(false) },
    )
    expect(output.trim()).toBe('function')
  })

  it('names the package and the command when the engine asked for is not installed', () => {
    const { output } = runScript(`await loadTf({ prefer: 'tfjs-node' }).catch((error) => console.log(error.code, error.message))`)
    expect(output.trim()).toBe(
      'missing_dependency TensorFlow.js cannot be used: tfjs-node: @tensorflow/tfjs-node is not installed. Install it with: npm install @tensorflow/tfjs-node@4.22.0',
    )
  })

  it('refuses an engine it does not know', () => {
    const { output } = runScript(`await loadTf({ prefer: 'webgl' }).catch((error) => console.log(error.code, error.message))`)
    expect(output.trim()).toBe('invalid_option prefer is "webgl": it must be one of tfjs-node-gpu, tfjs-node, wasm, cpu')
  })
})

describe('handlers that appear while wasm loads', () => {
  it('go when they only rethrow, stay when they are somebody’s', async () => {
    const mine = () => undefined
    // As Emscripten writes them.
    const its = new Function('return function(ex){if(!(ex instanceof ExitStatus)){throw ex}}')() as () => void
    const itsOther = new Function('return function(reason){throw reason}')() as () => void
    try {
      await withoutWasmProcessHandlers(async () => {
        process.on('uncaughtException', its)
        process.on('uncaughtException', mine)
        process.on('unhandledRejection', itsOther)
      })
      expect(process.listeners('uncaughtException')).toContain(mine)
      expect(process.listeners('uncaughtException')).not.toContain(its)
      expect(process.listeners('unhandledRejection')).not.toContain(itsOther)
    } finally {
      for (const listener of [its, mine]) process.off('uncaughtException', listener)
      process.off('unhandledRejection', itsOther)
    }
  })
})
