import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { ROOT } from './paths.ts'
import { runCommand, runTool } from './run-command.ts'

/**
 * `npm run verify`: everything that must hold before a change goes in. Every step runs even when an earlier one failed, so that one run
 * tells all; the last line is the count of tests, and the exit code is not zero when any step failed.
 */
const RESULTS = join(ROOT, 'test/output/results.json')
const failed: string[] = []

await step('test tools', installTestTools)
await step('lint', () => runTool('biome', ['check', '.', '--error-on-warnings']))
await step('types', () => runTool('tsc', ['-p', '.']))
await step('dead code', () => runTool('knip', []))
await step('build', () => runTool('tsx', ['scripts/build.ts']))
await rm(RESULTS, { force: true })
await step('tests', () => runTool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`]))

const tests = await countTests()
if (failed.length > 0) process.stdout.write(`\nfailed: ${failed.join(', ')}\n`)
process.stdout.write(`${tests.passed} passed, ${tests.failed} failed\n`)
process.exitCode = failed.length > 0 || tests.failed > 0 || tests.passed === 0 ? 1 : 0

async function step(name: string, run: () => Promise<void>): Promise<void> {
  process.stdout.write(`\n── ${name}\n`)
  const start = performance.now()
  try {
    await run()
  } catch (error) {
    failed.push(name)
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`)
  }
  process.stdout.write(`── ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`)
}

/** The browser (with a font to draw text in), the sqlite3 shell and LaTeX, from Debian or Ubuntu when they are missing and we may install. */
async function installTestTools(): Promise<void> {
  const onPath = (program: string) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
  const missing = [
    ...(existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium') ? [] : ['chromium', 'fonts-dejavu-core']),
    ...(onPath('sqlite3') ? [] : ['sqlite3']),
    ...(onPath('pdflatex') && hasSiunitx() ? [] : ['texlive-latex-base', 'texlive-latex-recommended', 'texlive-science']),
    ...(onPath('pdftotext') ? [] : ['poppler-utils']),
  ]
  if (missing.length === 0) return
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`missing: run "sudo apt-get install ${missing.join(' ')}", or set CHROMIUM_PATH to a Chromium`)
  await runCommand('apt-get', ['update', '-qq'])
  await runCommand('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...missing], { DEBIAN_FRONTEND: 'noninteractive' })
}

/** Debian keeps it in a package of its own. */
function hasSiunitx(): boolean {
  return existsSync('/usr/share/texlive/texmf-dist/tex/latex/siunitx/siunitx.sty') || process.platform !== 'linux'
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** A file that failed before its first test counts as one failure. */
async function countTests(): Promise<{ passed: number; failed: number }> {
  if (!existsSync(RESULTS)) return { passed: 0, failed: 1 }
  const report = JSON.parse(await readFile(RESULTS, 'utf8')) as VitestReport
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
}
