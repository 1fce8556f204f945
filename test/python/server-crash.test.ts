import { expect, test } from 'vitest'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { readRun, readRuns } from '../trainer/fixtures/stored-run.ts'
import { journalsIn, serverProcess, superseded, sync } from '../trainer/server/remote.ts'
import { HAS_PYTHON, runPythonBeside, startPython } from './run-python.ts'

/** Logs 100 steps every 5 ms until it is told to stop, and says how far it has come. */
const STEADY = `
import sys, threading, time, lossboard
run = lossboard.init(quiet=True, capture_console=False, system_metrics=False, save_git=False)
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
step = 0
while not stop.is_set():
    for step in range(step, step + 100):
        run.log({"value": step * 0.37 + 1 / 3}, step=step)
    step += 1
    if step % 2000 == 0:
        print("at", step, flush=True)
    time.sleep(0.005)
`
const FINISH = `${STEADY}
for _ in range(20):
    if run.finish():
        break
sys.stdout.write(f"finished {step}\\n")
sys.stdout.flush()
`
const LINGER = `${STEADY}
run.flush(1)
sys.stdout.write(f"flushed {step}\\n")
sys.stdout.flush()
time.sleep(60)
`

/** The steps 0 … n − 1 are stored once, to the last bit; n. */
async function stored(store: string): Promise<{ n: number; status: string }> {
  const [run] = await readRuns(store)
  const { points } = await readRun(store, run!.id)
  const { step, value } = points.get('value')!
  expect(step.every((one, index) => one === index)).toBe(true)
  expect(value.every((one, index) => Object.is(one, index * 0.37 + 1 / 3))).toBe(true)
  expect(await superseded(store, run!.id)).toBe(0)
  return { n: step.length, status: run!.status }
}

test.runIf(HAS_PYTHON)('a server killed in the middle of a Python run, twice, loses nothing and doubles nothing', async () => {
  await using folder = tempFolder()
  await using first = await serverProcess(folder.store)
  const script = startPython(FINISH, { LOSSBOARD_URL: first.url, LOSSBOARD_DIR: folder.path })
  await script.prints('at 2000')
  await first.kill('SIGKILL')
  await script.prints('at 8000')
  await using second = await serverProcess(folder.store, first.port)
  await script.prints('at 12000')
  await second.kill('SIGKILL')
  await using _ = await serverProcess(folder.store, first.port)
  script.child.stdin?.write('stop\n')
  await script.prints('finished')
  expect(await stored(folder.store)).toEqual({ n: Number(/finished (\d+)/.exec(script.output())?.[1]), status: 'finished' })
  await script.ended
  expect(journalsIn(folder.path)).toEqual([])
})

test.runIf(HAS_PYTHON)('a Python process killed while its server was away: either sync brings everything up to its last flush, once', async () => {
  await using folder = tempFolder()
  await using server = await serverProcess(folder.store)
  const script = startPython(LINGER, { LOSSBOARD_URL: server.url, LOSSBOARD_DIR: folder.path })
  await script.prints('at 2000')
  await server.kill('SIGKILL')
  await script.prints('at 6000')
  script.child.stdin?.write('stop\n')
  await script.prints('flushed')
  script.child.kill('SIGKILL')
  await script.ended
  await using _ = await serverProcess(folder.store, server.port)
  expect(await sync('--keep', folder.path)).toMatchObject([{ status: 'synced' }])
  const { stdout } = await runPythonBeside(['-m', 'lossboard', 'sync', folder.path])
  expect(stdout).toContain('0 batches sent')
  const { n, status } = await stored(folder.store)
  expect(n).toBe(Number(/flushed (\d+)/.exec(script.output())?.[1]))
  expect(status).toBe('crashed')
  expect(journalsIn(folder.path)).toEqual([])
})
