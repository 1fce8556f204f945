import { expect, test } from 'vitest'
import { isLive, parseToken } from '../../../core/token.ts'
import { cookieHash, sameHash, storedHash } from '../../../db/token-secret.ts'
import type { NewToken } from '../../../db/tokens.ts'
import type { StoreUnderTest } from './make.ts'

const token = (fields: Partial<NewToken> = {}): NewToken => ({ name: null, scope: 'write', project: null, expiresAt: null, ...fields })

export function tokensContract(at: () => StoreUnderTest): void {
  test('a token is known by its id, its secret only by a hash', async () => {
    const { tokens } = at().store
    expect(await tokens.anyMayWrite()).toBe(false)
    const { token: made, text } = await tokens.create(token({ project: 'mnist', expiresAt: 5 }))
    const { id, secret } = parseToken(text)!
    const found = (await tokens.find(id))!
    expect(found).toMatchObject({ id, name: 'write-1', scope: 'write', project: 'mnist', expiresAt: 5, lastUsedAt: null, revokedAt: null })
    expect(sameHash(storedHash(cookieHash(secret)), found.hash)).toBe(true)
    expect(sameHash(storedHash(cookieHash(`${secret}x`)), found.hash)).toBe(false)
    expect(JSON.stringify([made, found])).not.toContain(secret)
    expect(await tokens.find('aaaaaaaaaa')).toBeNull()
    expect([isLive(made, 4), isLive(made, 5)]).toEqual([true, false])
  })

  test('live names are unique; a revoked token stays, its name may be used again', async () => {
    const { tokens } = at().store
    const { token: first } = await tokens.create(token({ name: 'laptop' }))
    await expect(tokens.create(token({ name: 'laptop' }))).rejects.toMatchObject({ code: 'invalid_argument' })
    expect((await tokens.revoke('laptop')).revokedAt).not.toBeNull()
    const { token: second } = await tokens.create(token({ name: 'laptop', scope: 'read' }))
    expect((await tokens.revoke(first.id)).id).toBe(first.id)
    expect((await tokens.list()).map(({ id, revokedAt }) => [id, revokedAt === null])).toEqual([
      [first.id, false],
      [second.id, true],
    ])
    expect(await tokens.anyMayWrite()).toBe(true)
  })

  test('revoking what is not there says what comes near, and never repeats a token', async () => {
    const { tokens } = at().store
    await expect(tokens.revoke('x')).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('no live token') })
    const { text } = await tokens.create(token({ name: 'laptop' }))
    await expect(tokens.revoke('labtop')).rejects.toMatchObject({ message: expect.stringContaining('did you mean laptop?') })
    const refused = await tokens.revoke(text).catch((error: Error) => error.message)
    expect(refused).toContain('no token of that text')
    expect(refused).not.toContain(parseToken(text)?.secret)
  })

  test('use is noted at most once a minute', async () => {
    const { store } = at()
    const { token: made } = await store.tokens.create(token())
    await store.tokens.touch(made.id)
    const first = (await store.tokens.find(made.id))?.lastUsedAt
    expect(first).toBeGreaterThan(Date.now() - 60_000)
    await store.tokens.touch(made.id)
    expect((await store.tokens.find(made.id))?.lastUsedAt).toBe(first)
  })
}
