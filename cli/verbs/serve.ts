import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'
import { VERSION } from '../../core/version.ts'
import type { Store } from '../../db/store.ts'
import { addDashboardOptions, type DashboardOptions, startDashboard, untilStopped } from '../dashboard.ts'
import { cacheStore, eventFilesBeside, logsToServe, openLogs } from '../import/serve-logs.ts'
import { addStorePath, openForServing, type StorePath, storePath } from '../store-path.ts'
import { waitingStore } from '../waiting-store.ts'
import type { Verb } from './verb.ts'

type Options = DashboardOptions & { dir?: string; cache?: string }

export const serve: Verb = {
  name: 'serve',
  configure: (command: Command) =>
    addDashboardOptions(addStorePath(command))
      .description(
        'Serve the dashboard of a store, or of a folder of TensorBoard event files, and open it in the browser. Takes runs over HTTP (LOSSBOARD_URL) on the same port.',
      )
      .option('--cache <path>', 'store for the copy of TensorBoard event files (default: in the cache folder of your user)')
      .action(async (path: string | undefined, options: Options, self: Command) => {
        if (self.args.length > 1) throw tooMuch(self.args, self.parent ?? self)
        const location = storePath(path, options.dir)
        const logs = await logsToServe(path ?? options.dir, location)
        if (logs !== null) return serveLogs(logs, options)
        if (path !== undefined) checkMistypedVerb(path, location, self.parent ?? self)
        void eventFilesBeside(path ?? options.dir, location).then(
          (note) => note !== null && process.stderr.write(`lossboard: ${note}\n`),
          () => {},
        )
        const store = await openOrWait(location)
        for (const warning of (await store.info()).warnings.filter(() => existsSync(location.file))) process.stderr.write(`lossboard: ${warning}\n`)
        const stopped = untilStopped()
        const server = await startDashboard(store, options, (url) => process.stdout.write(greeting(location, url))).catch(async (error: unknown) => {
          await store.close()
          throw error
        })
        await stopped
        await server.close()
      }),
}

/** A folder of TensorBoard event files as it is, live while it grows. */
async function serveLogs(root: string, options: Options): Promise<void> {
  const file = cacheStore(root, options.cache)
  const logs = await openLogs(root, file)
  const stopped = untilStopped()
  const greet = (url: string) =>
    process.stdout.write(
      `Lossboard ${VERSION}\n  TensorBoard logs  ${root}\n  copied to         ${file}\n  dashboard         ${url}\nCtrl-C stops the dashboard.\n`,
    )
  try {
    const server = await startDashboard(logs.store, { ...options, takesRuns: false }, greet)
    await stopped
    await server.close()
  } finally {
    await logs.close()
  }
}

/** `lossboard shwo 12`: what comes first is taken for a store when it is no verb. */
function tooMuch(words: readonly string[], program: Command): LossboardError {
  const [first = ''] = words
  const verbs = program.commands.map((verb) => verb.name())
  const near = nearMatches(first, verbs)
  if (!existsSync(first) && near.length > 0)
    return new LossboardError('invalid_argument', `no verb "${first}": did you mean lossboard ${near.join(' or ')}?`)
  return new LossboardError('invalid_argument', `"${words.join(' ')}": lossboard opens one store; the verbs are ${verbs.join(', ')}`)
}

/** `lossboard lss` names a folder that is not there: say that a verb comes near. */
function checkMistypedVerb(path: string, { file }: StorePath, program: Command): void {
  if (!/^[a-z]+$/.test(path) || existsSync(file)) return
  const near = nearMatches(
    path,
    program.commands.map((verb) => verb.name()),
  )
  if (near.length > 0)
    throw new LossboardError('not_found', `no verb "${path}", and no store at ${file}: did you mean lossboard ${near.join(' or ')}?`)
}

/** A store named on the command line must be there; the default one may still come. */
async function openOrWait(location: StorePath): Promise<Store> {
  const exists = existsSync(location.file)
  return exists || location.named ? openForServing(location) : waitingStore(location.file, () => openForServing(location))
}

function greeting({ file }: StorePath, url: string): string {
  const waiting = existsSync(file) ? '' : ' (not there yet: shown as soon as a run logs to it)'
  return `Lossboard ${VERSION}\n  store      ${file}${waiting}\n  dashboard  ${url}\nCtrl-C stops the dashboard; training goes on by itself.\n`
}
