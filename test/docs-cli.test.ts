import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../cli/program.ts'
import { VERBS } from '../cli/verbs/registry.ts'
import { ROOT } from './architecture/source-files.ts'

const page = readFileSync(join(ROOT, 'docs/cli.md'), 'utf8')
const sections = new Map(
  page
    .split(/^## lossboard /m)
    .slice(1)
    .map((section) => [/^\S+/.exec(section)?.[0] ?? '', section]),
)

function optionsIn(section: string): string[] {
  const cells = [...section.matchAll(/^\| (`-.*?) \|/gm)].map((row) => row[1] ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`(--[a-z-]+)/g)].map((match) => match[1] ?? '')).sort()
}

/** Those of a verb, or of all of its own verbs. */
const optionsOf = (command: Command) =>
  [...new Set([command, ...command.commands].flatMap(({ options }) => options.map((option) => option.long ?? '')))].sort()

describe('docs/cli.md', () => {
  it('has a section for every verb and no other', () => {
    expect([...sections.keys()]).toEqual(VERBS.map((verb) => verb.name))
  })

  it.each(VERBS.map((verb) => verb.name))('lists every option of %s and no other', (name) => {
    const command = buildProgram().commands.find((one) => one.name() === name) as Command
    expect(optionsIn(sections.get(name) ?? '')).toEqual(optionsOf(command))
  })

  it.each(VERBS.map((verb) => verb.name))('shows the arguments of %s in the right order', (name) => {
    const command = buildProgram().commands.find((one) => one.name() === name) as Command
    const shown = command.registeredArguments.map((argument) => (argument.required ? argument.name().toUpperCase() : `[${argument.name()}]`))
    expect((sections.get(name) ?? '').split('\n')[0]).toBe([name, ...shown].join(' '))
  })
})
