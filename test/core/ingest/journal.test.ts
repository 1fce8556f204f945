import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../core/crc.ts'
import { FRAME_HEAD, frameHead, readFrameHead } from '../../../core/ingest/journal.ts'

describe('frames of a journal', () => {
  it('tell the length of the batch that follows', () => {
    for (const length of [0, 1, 40, 65_536, 0xffff_fff8]) expect(readFrameHead(frameHead(length))).toBe(length)
    expect(readFrameHead(Uint8Array.from([9, ...frameHead(40)]), 1)).toBe(40)
  })

  it('tell nothing when they were cut or changed', () => {
    const head = frameHead(40)
    for (let length = 0; length < FRAME_HEAD; length++) expect(readFrameHead(head.subarray(0, length))).toBeNull()
    for (let bit = 0; bit < 64; bit++) {
      const changed = head.slice()
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(readFrameHead(changed)).toBeNull()
    }
  })
})

describe('the checksum', () => {
  it('is that of zlib', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })
})
