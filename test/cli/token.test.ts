import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCli } from './run-cli.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossboard-token-'))
  file = join(folder, 'runs.db')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a token is made and printed once, listed without its secret, and revoked by name', async () => {
  const made = await runCli(['token', 'create', '--scope', 'write', '--project', 'mnist', '--name', 'laptop', '--expires', '30d', file])
  expect(made.exit, made.stderr).toBe(0)
  expect(made.stdout).toMatch(/^lb_[a-z0-9]{10}_[\w-]{43}\n$/)
  expect(made.stderr).toContain('write token "laptop"')
  const secret = made.stdout.trim().slice(14)
  expect(made.stderr).not.toContain(secret)
  expect(readFileSync(file).includes(secret)).toBe(false)

  const listed = await runCli(['token', 'list', '--dir', file])
  expect(listed.stdout).toMatch(/laptop +write +mnist .* never +until /)
  expect(listed.stdout).not.toContain(secret)
  const [token] = JSON.parse((await runCli(['token', 'list', file, '--json'])).stdout) as { id: string; expiresAt: number; hash?: string }[]
  expect(token?.expiresAt).toBeGreaterThan(Date.now() + 29 * 86_400_000)
  expect(token).not.toHaveProperty('hash')

  expect((await runCli(['token', 'revoke', 'laptop', file])).stdout).toBe(`revoked: write token "laptop" (${token?.id})\n`)
  expect((await runCli(['token', 'list', file])).stdout).toContain('revoked ')
})

it.each([
  [['create'], 2, 'scope'],
  [['create', '--scope', 'all'], 2, 'write, read, admin'],
  [['create', '--scope', 'read', '--project', 'p'], 2, '--project goes with --scope write'],
  [['create', '--scope', 'read', '--expires', '2020-01-01'], 2, 'a time to come'],
  [['create', '--scope', 'read', '--expires', 'soon'], 2, '30d'],
  [['create', '--scope', 'read', '--name', ''], 2, '--name'],
  [['revoke', 'nobody'], 3, 'no token "nobody"'],
  [['list', 'nowhere.db'], 3, 'nowhere.db'],
])('token %j is refused with what to do', async (args, exit, message) => {
  const ended = await runCli(['token', ...args, ...(args[0] === 'list' ? [] : ['--dir', file])], { cwd: folder })
  expect([ended.exit, ended.stdout]).toEqual([exit, ''])
  expect(ended.stderr).toContain(message)
  expect(ended.stderr.trim().split('\n')).toHaveLength(1)
})
