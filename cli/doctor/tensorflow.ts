import { fork } from 'node:child_process'
import { childProgram } from '../child-program.ts'
import type { Check, Finding } from './check.ts'

type Answer = { description: string; device: string; warnings: string[] } | { missing: string }

const WHAT = 'tensorflow.js'

export const tensorflow: Check = async () => {
  const answer = await askChild()
  if ('missing' in answer)
    return [
      {
        what: WHAT,
        status: 'warning',
        detail: answer.missing,
        mend: 'only needed for lossboard/tfjs and lossboard demo; logging and the dashboard work without it',
      },
    ]
  const warnings = answer.warnings.map(
    (detail): Finding => ({ what: WHAT, status: 'warning', detail, mend: 'a slower engine is used until this is mended' }),
  )
  return [{ what: WHAT, status: 'ok', detail: answer.description }, ...warnings]
}

function askChild(): Promise<Answer> {
  return new Promise((resolve) => {
    const child = fork(childProgram('device-child'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000)
    child.once('message', (answer: Answer) => resolve(answer))
    child.once('error', (error) => resolve({ missing: `it could not be tried: ${error.message}` }))
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      resolve({ missing: `it crashed while loading (${signal ?? `exit code ${code}`})` })
    })
  })
}
