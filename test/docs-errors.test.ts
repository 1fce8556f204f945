import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ERRORS } from '../core/errors.ts'
import { ROOT } from './architecture/source-files.ts'

it('docs/errors.md lists every error with its exit code and HTTP status, and no other', () => {
  const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (\d+) \| (.+) \| (.+) \|$/gm)]
  const listed = Object.fromEntries(rows.map(([, code, exit, http]) => [code, { exit: Number(exit), http: Number(http) }]))
  expect(listed).toEqual(ERRORS)
})
