import { randomInt } from 'node:crypto'

const LENGTH = 10
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Id of a run or study: short enough to type, too many to meet twice. */
export function randomId(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}
