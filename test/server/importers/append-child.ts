/** A training that writes an event file as it goes: in pieces that end anywhere, and in a folder that it makes later. */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const [source = '', target = '', piece = '100'] = process.argv.slice(2)
const bytes = readFileSync(source)
await sleep(100)
mkdirSync(dirname(target), { recursive: true })
for (let at = 0; at < bytes.length; at += Number(piece)) {
  appendFileSync(target, bytes.subarray(at, at + Number(piece)))
  await sleep(20)
}
