import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../architecture/source-files.ts'

const exec = promisify(execFile)

export interface PackedFile {
  path: string
  size: number
}

export interface InstalledPackage extends AsyncDisposable {
  /** The folder that was empty before the install. */
  folder: string
  /** Bytes of the tarball. */
  packed: number
  /** Bytes of its files. */
  unpacked: number
  files: PackedFile[]
  run(command: string, args: string[]): Promise<{ stdout: string; stderr: string; exit: number }>
  write(name: string, text: string): void
  /** Starts a program that keeps running; stopped at the end at the latest. */
  start(command: string, args: string[]): ChildProcess
}

/** `npm pack`, then a real `npm install` of nothing but that tarball in an empty folder outside this repository. */
export async function installPackage(): Promise<InstalledPackage> {
  if (!existsSync(join(ROOT, 'dist/cli.js')) || !existsSync(join(ROOT, 'dist/web/server.js')))
    throw new Error('nothing is built: npm run build comes first')
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-installed-'))
  const environment = cleanEnvironment()
  // The build was made just before: packing must not make it again.
  const { stdout } = await exec('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: ROOT, maxBuffer: 64e6 })
  const report = JSON.parse(stdout.slice(stdout.indexOf('['))) as { filename: string; size: number; unpackedSize: number; files: PackedFile[] }[]
  const packed = report[0]
  if (!packed) throw new Error(`npm pack reported nothing: ${stdout}`)
  const project = join(folder, 'project')
  writeFileSync(join(folder, '.keep'), '')
  await exec('mkdir', [project])
  await exec('npm', ['install', '--no-audit', '--no-fund', join(folder, packed.filename)], { cwd: project, env: environment, maxBuffer: 64e6 })
  const started: ChildProcess[] = []
  return {
    folder: project,
    packed: packed.size,
    unpacked: packed.unpackedSize,
    files: packed.files,
    write: (name, text) => writeFileSync(join(project, name), text),
    async run(command, args) {
      try {
        return { ...(await exec(command, args, { cwd: project, env: environment, maxBuffer: 64e6 })), exit: 0 }
      } catch (error) {
        const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number }
        return { stdout, stderr, exit: code }
      }
    },
    start(command, args) {
      const child = spawn(command, args, { cwd: project, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
      started.push(child)
      return child
    },
    async [Symbol.asyncDispose]() {
      for (const child of started) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Without what npm and vitest set for us, so that the installed program sees what a stranger's shell would give it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV|NODE_OPTIONS|LOSSBOARD_|TEST$)/.test(name))
  const environment: Record<string, string | undefined> = { ...Object.fromEntries(kept), CI: '1' }
  // Next.js declares NODE_ENV as always set; in a stranger's shell it is not.
  return environment as NodeJS.ProcessEnv
}
