import { readFileSync } from 'node:fs'
import { cpus, hostname, type as osType, release, totalmem, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import type { RunEnvironment } from '../../core/run.ts'
import { VERSION } from '../../core/version.ts'
import { processStart } from '../../db/sqlite/process-alive.ts'

const PACKAGES_MAX = 300

/** What is known at once about the process and its machine. */
export function hostFacts(command: string): RunEnvironment {
  const cores = cpus()
  return {
    host: hostname(),
    ...userName(),
    pid: process.pid,
    // Told by the same clock as the reader's, which compares: after a suspended night the two of Node differ by hours.
    processStartedAt: processStart(process.pid) ?? Date.now() - process.uptime() * 1000,
    command,
    cwd: process.cwd(),
    node: process.versions.node,
    os: `${osType()} ${release()} ${process.arch}`,
    ...(cores[0] && { cpu: cores[0].model.trim() }),
    cores: cores.length,
    memoryBytes: totalmem(),
    writer: `lossboard ${VERSION}`,
  }
}

/** A container may run as a user id without a name. */
function userName(): { user?: string } {
  try {
    return { user: userInfo().username }
  } catch {
    return {}
  }
}

/** Installed versions of the packages that the program's package.json names, found as Node would find them. */
export function packageVersions(folder: string): Record<string, string> {
  const project = findUp(folder, (at) => readJson(join(at, 'package.json')))
  if (!project) return {}
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = project.found as Record<
    string,
    Record<string, string> | undefined
  >
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies })
  const versions: Record<string, string> = {}
  for (const name of names.sort().slice(0, PACKAGES_MAX)) {
    const installed = findUp(project.at, (at) => readJson(join(at, 'node_modules', name, 'package.json')))
    if (typeof installed?.found.version === 'string') versions[name] = installed.found.version
  }
  return versions
}

function findUp<Found>(folder: string, look: (at: string) => Found | null): { at: string; found: Found } | null {
  for (let at = folder; ; at = dirname(at)) {
    const found = look(at)
    if (found !== null) return { at, found }
    if (dirname(at) === at) return null
  }
}

function readJson(path: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
