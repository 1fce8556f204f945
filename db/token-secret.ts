import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** 256 random bits, 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What a browser's cookie holds of a secret: not the secret, which then is never on the browser's disk. */
export function cookieHash(secret: string): string {
  return sha256(secret)
}

/** What the store holds. A hash of the cookie's hash: whoever can read the file can make neither the token nor the cookie. */
export function storedHash(cookie: string): string {
  return sha256(cookie)
}

/** Compares in equal time whatever the two hold. */
export function sameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)))
}
