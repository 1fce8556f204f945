import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VERBS } from '../../cli/verbs/registry.ts'
import { VERSION } from '../../core/version.ts'
import { ROOT } from '../architecture/source-files.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { ended, runCli, startCli } from './run-cli.ts'

it('has one version: the one of package.json', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  expect(VERSION).toBe(version)
  expect(await runCli(['--version'])).toEqual({ stdout: `${version}\n`, stderr: '', exit: 0 })
})

describe('help', () => {
  it('names every verb', async () => {
    const { stdout, exit } = await runCli(['--help'])
    expect(exit).toBe(0)
    for (const verb of VERBS) expect(stdout).toMatch(new RegExp(`^  ${verb.name} `, 'm'))
  })

  it.each(VERBS.map((verb) => verb.name))('of %s shows its options and touches nothing', async (verb) => {
    // A verb with verbs of its own has its options there.
    const words = verb === 'token' ? [verb, 'create'] : [verb]
    const { stdout, stderr, exit } = await runCli([...words, '--help'])
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 })
    expect(stdout).toMatch(new RegExp(`^Usage: lossboard ${words.join(' ')} `))
    // The store is where import and sync put things, not what they read.
    expect(stdout).toContain(verb === 'import' || verb === 'sync' ? '--into <path>' : '--dir <path>')
  })
})

describe('misuse is one line on stderr, with an exit code', () => {
  it.each([
    [['--prot', '1'], 2, /unknown option '--prot'.*--port/],
    [['ls', '--jsn'], 2, /unknown option '--jsn'.*--json/],
    [['lss'], 3, /lossboard ls/],
    [['shwo', '12'], 2, /no verb "shwo".*lossboard show/],
    [['a.db', 'b.db'], 2, /opens one store/],
    [['package.json/x.db'], 3, /package\.json is a file, not a folder/],
    [['show'], 2, /missing required argument 'run'/],
    [['export', 'x', '--format', 'xlsx'], 2, /xlsx.*csv, jsonl/],
    [['--port', '65536'], 2, /65536.*0 to 65535/],
    [['--port', 'eighty'], 2, /eighty.*0 to 65535/],
    [['ls', '--limit', '0'], 2, /whole number from 1/],
    [['ls', 'a', 'b'], 2, /too many arguments/],
    [['ls', 'a.db', '--dir', 'b.db'], 2, /two stores named/],
    [['ls', 'nowhere.db'], 3, /no store at .*nowhere\.db/],
    [['nowhere.db'], 3, /no store at .*nowhere\.db/],
    [['ls', 'package.json'], 4, /package\.json/],
    [['package.json'], 4, /package\.json/],
    [['help', 'frobnicate'], 2, /frobnicate/],
  ] as [string[], number, RegExp][])('%j', async (args, exit, message) => {
    const result = await runCli(args)
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(result.stderr).toMatch(/^lossboard: /)
    expect(result.stderr).toMatch(message)
    expect(result).toMatchObject({ stdout: '', exit })
  })

  it('names the stores that lie in the folder searched', async () => {
    await using folder = tempFolder()
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(folder.path, 'other.db'), '')
    const { stderr } = await runCli(['ls'], { cwd: folder.path })
    expect(stderr).toContain('other.db')
  })
})

it('survives a reader that goes away', async () => {
  const child = startCli(['--help'])
  child.stdout?.destroy()
  const { stderr, exit } = await ended(child)
  expect(stderr).toBe('')
  expect(exit).toBe(0)
})
