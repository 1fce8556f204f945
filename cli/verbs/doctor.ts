import { VERSION } from '../../core/version.ts'
import type { Finding } from '../doctor/check.ts'
import { printJson } from '../json-output.ts'
import { addStorePath, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

export const doctor: Verb = {
  name: 'doctor',
  configure: (command) =>
    addStorePath(command)
      .description('Check versions, TensorFlow.js and the health of a store, and say how to mend what is wrong.')
      .option('--json', 'print JSON')
      .action(async (path: string | undefined, options: { dir?: string; json?: boolean }) => {
        const location = storePath(path, options.dir)
        const { CHECKS } = await import('../doctor/registry.ts')
        const findings: Finding[] = []
        for (const check of CHECKS) {
          const found = await check(location)
          findings.push(...found)
          if (!options.json) process.stdout.write(found.map(line).join(''))
        }
        const problems = findings.filter((finding) => finding.status === 'problem').length
        const warnings = findings.filter((finding) => finding.status === 'warning').length
        if (options.json) printJson({ version: VERSION, store: location.file, healthy: problems === 0, findings })
        else
          process.stdout.write(`\n${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}\n`)
        if (problems > 0) process.exitCode = 1
      }),
}

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const

function line({ what, status, detail, mend }: Finding): string {
  const mending = mend === undefined ? '' : `\n${' '.repeat(26)}→ ${mend}`
  return `${MARKS[status]}  ${what.padEnd(15)}  ${detail}${mending}\n`
}
