import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from './temporary-folder.ts'

const CHILD = new URL('full-disk-child.ts', import.meta.url).pathname
const NODE = `"${process.execPath}" --import tsx "${CHILD}"`
const isLinux = process.platform === 'linux'
const hasTmpfs = isLinux && spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /tmp']).status === 0
const hasPrlimit = isLinux && spawnSync('prlimit', ['--version']).status === 0

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

interface Outcome {
  refused: { code: string; message: string }[]
  stored: number
  whileFull: number
  drawn: number
  n: number
  wrong: number
  batches: number
  blobs: number
}

function expectNothingLost(outcome: Outcome): void {
  expect(outcome.refused.map(({ code }) => code)).toEqual(['disk_full', 'disk_full', 'disk_full'])
  expect(outcome.refused[0]!.message).toMatch(/cannot grow.*Nothing was changed/)
  expect(outcome.stored).toBeGreaterThan(0)
  // What was committed before stays readable while the disk is full; the refused batch went in afterwards, once.
  expect([outcome.whileFull, outcome.drawn]).toEqual([outcome.stored, outcome.stored])
  expect(outcome).toMatchObject({ n: outcome.batches * 1500, wrong: 0, blobs: outcome.batches })
}

test.runIf(hasTmpfs)('on a full disk a flush is refused whole, and the same batch goes in when there is space again', async () => {
  const mount = folder.path('disk')
  mkdirSync(mount)
  // A file system of 3 MB in a mount namespace of its own: a third of it is a file that is deleted later.
  const script = `mount -t tmpfs -o size=3m tmpfs "${mount}" && head -c 1000000 /dev/zero > "${mount}/filler" && exec ${NODE} "${mount}/store.db" "${mount}/filler"`
  const output = execFileSync('unshare', ['-rm', 'sh', '-c', script], { encoding: 'utf8' })
  expectNothingLost(JSON.parse(output.trim().split('\n').at(-1)!) as Outcome)
})

test.runIf(hasPrlimit)('when a file may not grow, as under a quota, a flush is refused whole, and goes in when it may', async () => {
  const path = folder.path('store.db')
  // Blocks of 512 bytes. Ignoring the signal makes the write fail instead of ending the process.
  const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -S -f 1500; exec ${NODE} "${path}" -`], { stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    if (output === 'full\n') {
      execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited'])
      child.stdin.write('go\n')
    }
  })
  await once(child, 'close')
  expectNothingLost(JSON.parse(output.trim().split('\n').at(-1)!) as Outcome)
  const plain = new SqliteDatabase(path, { readonly: true })
  expect(plain.pragma('integrity_check', { simple: true })).toBe('ok')
  plain.close()
})
