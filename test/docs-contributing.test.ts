import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, expect, it, vi } from 'vitest'
import type { Verb } from '../cli/verbs/verb.ts'
import { ROOT } from './architecture/source-files.ts'
import { writeSmallStore } from './cli/small-store.ts'
import { tempFolder } from './fixtures/temp-folder.ts'

const output = join(ROOT, 'test/output/docs-contributing')
afterAll(() => rmSync(output, { recursive: true, force: true }))

it('the example verb of docs/contributing.md works as it stands there', async () => {
  const page = readFileSync(join(ROOT, 'docs/contributing.md'), 'utf8')
  const code = /^ {3}```ts\n([\s\S]*?)^ {3}```/m.exec(page)?.[1] ?? ''
  expect(code).toContain('export const count: Verb')
  mkdirSync(join(output, 'verbs'), { recursive: true })
  const file = join(output, 'verbs/count.ts')
  writeFileSync(file, code.replaceAll("'../", `'${ROOT}/cli/`).replaceAll("'./", `'${ROOT}/cli/verbs/`))
  const { count } = (await import(file)) as { count: Verb }
  await using folder = tempFolder()
  await writeSmallStore(join(folder.path, 'lossboard.db'))
  const written: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0)
  try {
    const command = new Command(count.name)
    count.configure(command)
    await command.parseAsync([folder.path], { from: 'user' })
  } finally {
    spy.mockRestore()
  }
  expect(written.join('')).toBe('3\n')
})
