import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { buildTable } from '../../../core/table/build-table.ts'
import { openStore } from '../../../db/open.ts'
import { studyAnswer } from '../../../server/studies/study-answer.ts'
import { untilStopped } from '../../dashboard.ts'
import type { StorePath } from '../../store-path.ts'
import type { DemoOptions } from '../../verbs/demo.ts'
import { ablationData } from '../check-packages.ts'
import { serveStore } from '../serve-store.ts'
import { demoStudy, STUDY_SECONDS, studySize } from './demo-study.ts'
import { startStudy } from './study-process.ts'
import { terminalTable } from './terminal-table.ts'

/** More run at a time would wait for each other's memory. */
const PARALLEL_MAX = 6

/** `lossboard demo --ablation`: the study is trained beside the dashboard, which shows it filling; then its table. */
export async function runAblationDemo({ file }: StorePath, options: DemoOptions): Promise<void> {
  const { data, note } = ablationData()
  if (note) process.stderr.write(`note: ${note}\n`)
  const seconds = options.seconds ?? STUDY_SECONDS
  const parallel = Math.min(availableParallelism(), PARALLEL_MAX)
  const { name, project } = demoStudy({ data, seconds })
  const size = studySize(seconds)
  if (size.seeds < studySize(STUDY_SECONDS).seeds)
    process.stderr.write(`note: time for ${size.seeds} seeds instead of 5: that few find only large differences\n`)
  const server = options.serve ? await serveStore(file, options) : null
  const stopped = untilStopped().then(() => 'stopped' as const)
  try {
    const study = startStudy(file, { data, seconds, parallel })
    if ((await Promise.race([study.done, stopped])) === 'stopped') {
      study.stop()
      await study.done.catch(() => {})
      process.stderr.write('stopped: its runs are marked interrupted; the same command goes on with the rest\n')
      process.exitCode = 130
      return
    }
    if (!(await study.done)) process.exitCode = 1
    const { id, table } = await readTable(file, name, project)
    const path = shellPath(file)
    process.stdout.write(`\n${table}\n\nStored in ${file}\n`)
    process.stdout.write(`For a paper: npx lossboard table "${name}" ${path} --format latex -o table.tex\n`)
    if (!server || options.exit) return
    process.stdout.write(`Study: ${studyAddress(server.url, id)}  (Ctrl-C stops the dashboard; to open it again: npx lossboard ${path})\n`)
    await stopped
  } finally {
    await server?.close()
  }
}

/** As short as it can be typed; a path that leads out of here stays whole. */
function shellPath(file: string): string {
  const path = relative('.', file)
  const short = path.startsWith('..') ? file : path
  return /^[\w@%+=:,./\\-]+$/.test(short) ? short : JSON.stringify(short)
}

async function readTable(file: string, name: string, project: string | undefined): Promise<{ id: string; table: string }> {
  const store = await openStore(file, { mode: 'read' })
  try {
    const { study, result, settings } = await studyAnswer(store, name, { project })
    return { id: study.id, table: terminalTable(buildTable(study, result, { ...settings, underlineSecond: false })) }
  } finally {
    await store.close()
  }
}

/** The address may carry a token. */
export function studyAddress(dashboard: string, id: string): string {
  const url = new URL(dashboard)
  url.pathname = `/ablations/${id}`
  return url.href
}
