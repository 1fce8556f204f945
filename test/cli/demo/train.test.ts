import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EXPERIMENTS, SEEDS } from '../../../cli/demo/experiments.ts'
import type { DemoMessage } from '../../../cli/demo/messages.ts'
import { openStore } from '../../../db/open.ts'

const program = resolve(import.meta.dirname, '../../../cli/demo/train.ts')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossboard-demo-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function startTraining(budgetSeconds: number): { child: ChildProcess; messages: DemoMessage[]; ended: Promise<number | NodeJS.Signals | null> } {
  const child = fork(program, [`${folder}/demo.db`, `--budget=${budgetSeconds}`], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  })
  const messages: DemoMessage[] = []
  child.on('message', (message: DemoMessage) => messages.push(message))
  const ended = new Promise<number | NodeJS.Signals | null>((done) => child.once('close', (code, signal) => done(signal ?? code)))
  return { child, messages, ended }
}

describe('the training process of the demo', () => {
  it('trains every configuration with every seed on real digits, within the time it is given, and logs it all', { timeout: 180_000 }, async () => {
    const { messages, ended } = startTraining(8)
    expect(await ended).toBe(0)
    const start = messages[0] as Extract<DemoMessage, { type: 'start' }>
    expect(start).toMatchObject({ type: 'start', device: expect.stringContaining('TensorFlow.js'), warnings: [] })
    expect(start.runs).toHaveLength(EXPERIMENTS.length * SEEDS.length)
    expect(messages.filter(({ type }) => type === 'end')).toHaveLength(start.runs.length)
    expect(messages.find(({ type }) => type === 'progress')).toMatchObject({ run: 0, loss: expect.any(Number), secondsLeft: expect.any(Number) })
    const store = await openStore(`${folder}/demo.db`, { mode: 'read' })
    try {
      const { runs, metrics } = await store.overview({}, ['test/accuracy'])
      expect(runs.map(({ status }) => status)).toEqual(Array(start.runs.length).fill('finished'))
      expect([...metrics[0]!.n]).toEqual(Array(start.runs.length).fill(1))
      const convNet = runs.find(({ name }) => name === 'conv-net-seed-1')!
      const names = (await store.series(convNet.id)).map(({ name }) => name)
      expect(names).toEqual(
        expect.arrayContaining([
          'train/loss',
          'train/accuracy',
          'val/loss',
          'val/accuracy',
          'lr',
          'epoch',
          'update-ratio/conv1',
          'gradient-norm/global',
        ]),
      )
      const records = (await store.recordKeys(convNet.id)).map(({ name, kind }) => `${name}: ${kind}`)
      expect(records).toEqual(
        expect.arrayContaining(['about: text', 'digits/training: image', 'model: model', 'update-ratio-histogram/conv1: histogram']),
      )
    } finally {
      await store.close()
    }
  })

  it('marks the run interrupted when it is stopped', { timeout: 120_000 }, async () => {
    const { child, messages, ended } = startTraining(120)
    await new Promise<void>((done) => {
      const look = () => (messages.some((message) => message.type === 'progress' && message.step > 20) ? done() : void setTimeout(look, 20))
      look()
    })
    child.kill('SIGINT')
    expect(await ended).toBe('SIGINT')
    const store = await openStore(`${folder}/demo.db`, { mode: 'read' })
    try {
      const [run] = (await store.overview({}, [])).runs
      expect(run).toMatchObject({ status: 'interrupted', droppedPoints: 0 })
      const told = messages.flatMap((message) => (message.type === 'progress' ? [message.step] : []))
      const loss = (await store.series(run!.id)).find(({ name }) => name === 'train/loss')
      expect(loss!.n).toBeGreaterThanOrEqual(told.at(-1)!)
    } finally {
      await store.close()
    }
  })

  it('says what is wrong with its arguments', async () => {
    const { messages, ended } = startTraining(-1)
    expect(await ended).toBe(1)
    expect(messages).toEqual([{ type: 'error', code: 'invalid_option', message: '--budget is "-1": it must be a number of seconds above 0' }])
  })
})
