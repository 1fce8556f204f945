import { ERRORS, LossboardError } from '../../core/errors.ts'
import { storeFile } from '../../db/store-file.ts'
import type { Receiver } from '../../trainer/journal/server-client.ts'
import { printJson } from '../json-output.ts'
import type { Verb } from './verb.ts'

interface Options {
  url?: string
  token?: string
  into?: string
  dryRun?: boolean
  force?: boolean
  keep?: boolean
  json?: boolean
}

export const sync: Verb = {
  name: 'sync',
  configure: (command) =>
    command
      .argument('[folder...]', 'journals, or folders that hold some (default: lossboard-journal beside the default store)')
      .description('Send what runs logged while their server was away: each batch once, however often this is called.')
      .option('--url <address>', 'server to send to (default: the one that each journal names)')
      .option('--token <token>', 'write token of the server; LOSSBOARD_TOKEN is safer, because other users can see command lines')
      .option('--into <path>', 'store in a file instead: a .db file, or a folder that holds lossboard.db; made when missing')
      .option('-n, --dry-run', 'only say what would be sent')
      .option('--force', 'also journals that a process still writes, and those whose beginning went to another server')
      .option('--keep', 'leave the journals where they are when all of them is sent')
      .option('--json', 'print the report as JSON')
      .action((folders: string[], options: Options) => run(folders, options)),
}

async function run(folders: string[], options: Options): Promise<void> {
  if (options.url !== undefined && options.into !== undefined)
    throw new LossboardError('invalid_option', '--url sends to a server and --into stores in a file: give one of them')
  const [{ findJournals, startOrder }, { syncJournal }, { reportLine, summaryLine }, { serverAddress }, { ServerClient }, { progressBar }] =
    await Promise.all([
      import('../sync/find-journals.ts'),
      import('../sync/sync-journal.ts'),
      import('../sync/sync-report.ts'),
      import('../../trainer/journal/server-address.ts'),
      import('../../trainer/journal/server-client.ts'),
      import('../progress-bar.ts'),
    ])
  const meant = options.url ?? process.env.LOSSBOARD_URL ?? ''
  const url = meant === '' ? null : serverAddress(meant, options.url === undefined ? 'LOSSBOARD_URL' : '--url')
  const token = options.token ?? (process.env.LOSSBOARD_TOKEN || null)
  const clients = new Map<string, Receiver>()
  const receiverFor = (named: string | null): Receiver | null => {
    const address = named ?? url
    if (address === null) return null
    // A token is for the server that is named with it: a journal from elsewhere must not have it sent anywhere.
    const client = clients.get(address) ?? new ServerClient(address, url === null || url === address ? token : null)
    clients.set(address, client)
    return client
  }
  const journals = findJournals(folders)
  const store = options.into === undefined || journals.length === 0 ? null : await openReceiver(options.into)
  const target = store ?? (options.url === undefined || url === null ? null : receiverFor(url))
  const reports = []
  try {
    for (const journal of startOrder(journals)) {
      const bar = { shown: null as ReturnType<typeof progressBar> | null }
      const onProgress = (done: number, total: number) => {
        if (!options.json) bar.shown ??= progressBar('sending', Math.ceil(total / 1e6), 'MB')
        bar.shown?.update(Math.floor(done / 1e6))
      }
      const { dryRun = false, force = false, keep = false } = options
      const report = await syncJournal(journal, { target, intoFile: store !== null, receiverFor, dryRun, force, keep, onProgress })
      bar.shown?.stop()
      reports.push(report)
      if (!options.json) process.stdout.write(reportLine(report))
    }
  } finally {
    for (const client of clients.values()) client.close()
    await store?.close()
  }
  if (options.json) printJson(reports)
  else process.stdout.write(summaryLine(reports))
  const failed = reports.find(({ status }) => status === 'failed')
  if (failed) process.exitCode = ERRORS[failed.code ?? 'server_away'].exit
}

async function openReceiver(path: string) {
  const [{ StoreReceiver }, { openStore }] = await Promise.all([import('../sync/store-receiver.ts'), import('../../db/open.ts')])
  const file = storeFile(path)
  // Makes it, with its folder, or says what is wrong with it.
  await (await openStore(file, { mode: 'create' })).close()
  return new StoreReceiver(file)
}
