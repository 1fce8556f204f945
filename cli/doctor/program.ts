import { arch, cpus, platform, release, totalmem } from 'node:os'
import { VERSION } from '../../core/version.ts'
import { builtPages } from '../dashboard.ts'
import { formatBytes } from '../format-value.ts'
import type { Check, Finding } from './check.ts'

export const program: Check = async () => [
  { what: 'lossboard', status: 'ok', detail: VERSION },
  nodeVersion(process.versions.node),
  { what: 'machine', status: 'ok', detail: `${platform()} ${release()} ${arch()}, ${cpus().length} cores, ${formatBytes(totalmem())} memory` },
  pages(),
]

function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const supported = (major === 20 && minor >= 19) || (major > 20 && major < 25)
  if (supported) return { what: 'node', status: 'ok', detail: version }
  return {
    what: 'node',
    status: 'warning',
    detail: `${version} is not a version this program is tested with`,
    mend: 'use Node 20.19 or later, 22 or 24',
  }
}

function pages(): Finding {
  try {
    return { what: 'pages', status: 'ok', detail: builtPages() }
  } catch (error) {
    return { what: 'pages', status: 'problem', detail: 'the dashboard is not built', mend: (error as Error).message }
  }
}
